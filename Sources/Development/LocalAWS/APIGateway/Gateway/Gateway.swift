internal import Foundation
internal import Platform

/// What the gateway does with a request: find its route, check it, have its integration answer, or answer by itself.
struct Gateway: Sendable {
  /// An answer, and what the log says about it.
  struct Answer: Sendable {
    var response: ClientResponse
    /// The integration's type; nil when there was no route.
    var integration: String?
    /// How long the integration took; nil when it wasn't reached.
    var integrationTime: Duration?
    /// Why the gateway answered by itself.
    var cause: String?
  }

  let routes: RouteTable
  /// The functions by their logical ids.
  let functions: [String: LocalFunction]
  let services: ServiceClient

  /// Answers a request.
  func answer(_ request: ClientRequest) async -> Answer {
    guard let routed = routes.route(request) else {
      return refuse(request) { $0 == .rest ? .missingAuthenticationToken : .notFound }
    }
    let clock = ContinuousClock()
    let traceID = TraceID(at: request.time)
    var start: ContinuousClock.Instant?
    var answer: Answer
    do throws(GatewayFailure) {
      try routed.route.validation?.check(routed)
      start = clock.now
      answer = Answer(response: try await respond(to: routed, traceID: traceID))
    } catch {
      answer = Answer(response: error.response(to: routed, traceID: traceID), cause: error.explanation)
    }
    answer.integration = routed.route.integration.type
    answer.integrationTime = start?.duration(to: clock.now)
    answer.response.headers += routed.api.identifyingHeaders(of: request, traceID: traceID)
    return answer
  }

  /// Answers a request that was not read to its end, being too large.
  func refuseTooLarge(_ request: ClientRequest) -> Answer {
    refuse(request) { .requestTooLarge($0) }
  }

  /// The answer to a request without a route, by the API that it would belong to.
  private func refuse(_ request: ClientRequest, _ failure: (API.Kind?) -> GatewayFailure) -> Answer {
    guard let api = routes.owner(of: request) else {
      let failure = failure(nil)
      return Answer(response: failure.response, cause: failure.explanation)
    }
    let failure = failure(api.kind)
    let nowhere = Route(method: nil, path: nil, integration: .unsupported("no route"))
    let routed = RoutedRequest(request: request, api: api, route: nowhere, pathParameters: [])
    let traceID = TraceID(at: request.time)
    var response = failure.response(to: routed, traceID: traceID)
    response.headers += api.identifyingHeaders(of: request, traceID: traceID)
    return Answer(response: response, cause: failure.explanation)
  }

  /// The integration's answer.
  private func respond(to routed: RoutedRequest, traceID: TraceID) async throws(GatewayFailure) -> ClientResponse {
    switch routed.route.integration {
    case .lambdaProxy(let name, let payloadFormat, let timeout):
      guard let function = functions[name] else { throw .configuration("the template has no function \(name)") }
      let integration = ProxyIntegration(function: function, payloadFormat: payloadFormat, timeout: timeout)
      return try await integration.respond(to: routed, traceID: traceID)
    case .service(let action, let integration):
      return try await integration.respond(to: routed, traceID: traceID, action: action) {
        (request) throws(GatewayFailure) in try await services.send(request)
      }
    case .mock(let integration): return try integration.mockResponse(to: routed, traceID: traceID)
    case .unsupported(let what): throw .configuration("\(what) isn't run here")
    }
  }
}

extension Integration {
  /// The type as the template has it.
  var type: String {
    switch self {
    case .lambdaProxy: "aws_proxy"
    case .service: "aws"
    case .mock: "mock"
    case .unsupported: "unsupported"
    }
  }
}

extension GatewayFailure {
  /// What the log says about it.
  fileprivate var explanation: String {
    [message, validationError, cause].compactMap { $0 }.joined(separator: ", ")
  }
}

extension API {
  /// The headers that name a request in each kind's answers.
  fileprivate func identifyingHeaders(of request: ClientRequest, traceID: TraceID) -> [ClientResponse.Header] {
    switch kind {
    case .rest:
      [
        .init(name: "x-amzn-RequestId", value: request.id), .init(name: "x-amz-apigw-id", value: request.extendedID),
        .init(name: "X-Amzn-Trace-Id", value: traceID.root),
      ]
    case .http: [.init(name: "Apigw-Requestid", value: request.extendedID)]
    case .functionURL:
      [.init(name: "x-amzn-RequestId", value: request.id), .init(name: "X-Amzn-Trace-Id", value: traceID.root)]
    }
  }
}
