import DevelopmentTestSupport
import Foundation
import HTTPTypes
import LocalLambda
import LocalServer
import Platform
import SAMTemplate
import TestSupport
import Testing

@testable import LocalAPIGateway

@Suite("An aws_proxy integration", .timeLimit(.minutes(5)))
struct ProxyIntegrationTests {
  /// The result that a caller gets from an API with a stand-in function.
  private func outcome(
    of script: String, _ kind: APIKind, _ request: ClientRequest = .capture,
    edit: (inout FunctionConfiguration) -> Void = { _ in }
  ) async throws -> Result<BufferedResponse, GatewayFailure> {
    try await StandInFunction.withScript(script) { configuration in
      var configuration = configuration
      edit(&configuration)
      return try await withLocalFunction(configuration, log: { _ in }) { function in
        let integration = ProxyIntegration(function: function, payloadFormat: .v2, timeout: .seconds(120))
        return await respond(integration, kind, request)
      }
    }
  }

  private func respond(
    _ integration: ProxyIntegration, _ kind: APIKind = .rest, _ request: ClientRequest = .capture
  ) async -> Result<BufferedResponse, GatewayFailure> {
    do throws(GatewayFailure) {
      return .success(
        try await integration.respond(
          to: .on("/{proxy+}", of: .example(kind), request), traceID: TraceID(at: request.time)))
    } catch {
      return .failure(error)
    }
  }

  private func failure(_ outcome: Result<BufferedResponse, GatewayFailure>) throws -> GatewayFailure {
    guard case .failure(let failure) = outcome else { throw Unexpected(description: "\(outcome)") }
    return failure
  }

  private struct Unexpected: Error, CustomStringConvertible {
    let description: String
  }

  @Test("passes the request to the function, with one trace, and returns its response")
  func success() async throws {
    let script = """
      event = Event()
      proxy = json.loads(event.body)
      respond(event, {"statusCode": 201, "headers": {"X-Root": proxy["headers"]["X-Amzn-Trace-Id"],
        "X-Trace": event.headers["Lambda-Runtime-Trace-Id"]}, "body": proxy["path"] + proxy["body"]})
      Event()
      """
    let response = try await outcome(of: script, .rest).get()
    #expect(response.status == 201)
    #expect(String(decoding: response.body, as: UTF8.self) == #"/capture/space%20value{"λ":"é\n"}"#)
    let headers = Dictionary(response.headers.map { ($0.name.rawName, $0.value) }) { "\($0), \($1)" }
    let root = try #require(headers["X-Root"])
    #expect(headers["X-Trace"]?.hasPrefix(root + ";Parent=") == true)
  }

  @Test(
    "reports a function that fails",
    arguments: [
      ("sys.exit(3)", "Runtime.ExitError"), ("Event()\nos.abort()", "signal: aborted"),
      (
        #"""
        event = Event()
        post("invocation/%s/error" % event.id, b'{"errorMessage":"no"}', {"Lambda-Runtime-Function-Error-Type": "Function.No"})
        Event()
        """#, "Function.No: no"
      ),
      (
        #"""
        post("init/error", b'{"errorMessage":"bad"}', {"Lambda-Runtime-Function-Error-Type": "Runtime.Bad"})
        sys.exit(1)
        """#, "Runtime.Bad: bad"
      ),
      (#"respond(Event(), "x" * (6 * 1024 * 1024 + 101))"#, "Function.ResponseSizeTooLarge"),
      ("sys.exit(127)", "found no function"), ("Event()\nsignal.pause()", "Task timed out"),
    ])
  func functionError(script: String, cause: String) async throws {
    for (kind, status, message) in [
      (APIKind.rest, 502, "Internal server error"), (.http, 500, "Internal Server Error"),
    ] {
      let failure = try failure(
        try await outcome(of: script, kind) { if cause == "Task timed out" { $0.timeout = .milliseconds(300) } })
      #expect(failure.status == status && failure.message == message && failure.type == .default5xx)
      #expect(failure.cause?.contains(cause) == true, "\(failure)")
    }
  }

  @Test("reports that the function is throttled")
  func throttled() async throws {
    for (kind, type, status, message) in [
      (APIKind.rest, GatewayResponseType.integrationFailure, Int?.some(500), "Internal server error"),
      (.http, .integrationFailure, 503, "Service Unavailable"), (.functionURL, .throttled, nil, "Rate Exceeded."),
    ] {
      let failure = try failure(try await outcome(of: "", kind) { $0.maximumConcurrency = 0 })
      #expect(failure.type == type && failure.status == status && failure.message == message)
    }
  }

  @Test("reports a request that exceeds Lambda's limit but not API Gateway's")
  func tooLarge() async throws {
    let request = ClientRequest.capture { $0.body = Array(repeating: UInt8(ascii: "x"), count: 6 * 1024 * 1024) }
    for (kind, message) in [(APIKind.rest, "Request Too Long"), (.http, "Request Entity Too Large")] {
      let failure = try failure(try await outcome(of: "", kind, request))
      #expect(failure.type == .requestTooLarge && failure.message == message)
    }
  }

  @Test("gives up at its time limit, and lets the function continue")
  func timeout() async throws {
    let script = """
      while True:
        event = Event()
        open("gate").close()
        respond(event, {"statusCode": 200, "body": str(os.getpid())})
      """
    try await StandInFunction.withScript(script) { configuration in
      var configuration = configuration
      configuration.maximumConcurrency = 1
      let gate = Gate(in: configuration.taskRoot)
      let (lines, log) = AsyncStream.makeStream(of: String.self)
      try await withLocalFunction(configuration, log: { log.yield("\($0)") }) { function in
        let hasty = ProxyIntegration(function: function, payloadFormat: .v2, timeout: .milliseconds(20))
        let patient = ProxyIntegration(function: function, payloadFormat: .v2, timeout: .seconds(120))
        let timeout = try await failure(respond(hasty))
        #expect(timeout == .integrationTimeout)
        let throttle = try await failure(respond(patient))
        #expect(throttle.type == .integrationFailure, "the only process is busy")
        gate.open()
        #expect(await lines.first { $0.hasPrefix("REPORT ") }?.contains("Status:") == false)
        var response: BufferedResponse?
        while response == nil { response = try? await respond(patient).get() }
        #expect(response?.status == 200)
        #expect(await lines.first { $0.hasPrefix("REPORT ") }?.contains("Init Duration") == false)
      }
    }
  }

  @Test("gives up with another status in an HTTP API")
  func httpTimeout() {
    #expect(
      ProxyFailure.timeout.failure(of: .http)
        == GatewayFailure(.integrationTimeout, "Service Unavailable", status: 503))
  }
}
