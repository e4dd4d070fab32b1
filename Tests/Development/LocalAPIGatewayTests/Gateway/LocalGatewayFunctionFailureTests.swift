import DevelopmentTestSupport
import Foundation
import TestSupport
import Testing

@testable import LocalAPIGateway

@Suite("Over a real socket, a function that", .timeLimit(.minutes(5)))
struct LocalGatewayFunctionFailureTests {
  /// The response in each kind of API if the function fails.
  private static let failures: [(routes: ProxyRoutes, status: Int, body: String)] = [
    (.rest, 502, #"{"message":"Internal server error"}"#), (.httpV1, 500, #"{"message":"Internal Server Error"}"#),
    (.httpV2, 500, #"{"message":"Internal Server Error"}"#), (.url, 502, "Internal Server Error"),
  ]

  private func pid(_ gateway: ServedGateway) async throws -> Int {
    let answer = try await gateway.answer("GET /rest", ["x-command: pid"])
    return try #require(Int(answer.text), "\(answer)")
  }

  @Test(
    "posts an error or over 6 MB, exits or crashes is a 502 or 500 without details, and the next request gets a process"
  )
  func failure() async throws {
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      for command in ["error", "large", "exit", "kill"] {
        let before = try await pid(gateway)
        for (routes, status, body) in Self.failures {
          let answer = try await gateway.answer("GET \(routes.path(""))", [routes.host, "x-command: \(command)"])
          #expect(answer.status == status, "\(command) \(routes)")
          #expect(answer.text == body)
        }
        #expect(try await (pid(gateway) == before) == isAlive(before))
        #expect(isAlive(before) == ["error", "large"].contains(command), "\(command)")
      }
      #expect(try await gateway.line(containing: "Runtime exited with error: exit status 7") != nil)
    }
  }

  @Test("exceeds its own timeout is killed: 502 or 500, and the next request gets another process")
  func timeout() async throws {
    let template = ProxyRoutes.template.replacing("Timeout: 60", with: "Timeout: 1")
    try await ServedGateway.serving(template) { gateway in
      let before = try await pid(gateway)
      try await withThrowingTaskGroup { group in
        for (routes, status, body) in Self.failures {
          group.addTask {
            let answer = try await gateway.answer("GET \(routes.path(""))", [routes.host, "x-command: hang"])
            #expect(answer.status == status, "\(routes)")
            #expect(answer.text == body)
          }
        }
        try await group.waitForAll()
      }
      #expect(!isAlive(before))
      #expect(try await pid(gateway) != before)
      #expect(try await gateway.line(containing: "Status: timeout") != nil)
      #expect(try await gateway.line(containing: "Task timed out after ") != nil)
    }
  }

  @Test("exceeds its integration's timeout is a 504 or 503, continues, and is killed when the gateway ends")
  func integrationTimeout() async throws {
    let template = """
      Resources:
        Function:
          Type: AWS::Serverless::Function
          Properties:
            \(ObedientFunction.properties.replacing(", ", with: "\n      "))
            Events:
              Rest: {Type: Api, Properties: {Path: /rest, Method: GET, TimeoutInMillis: 100}}
              Http: {Type: HttpApi, Properties: {Path: /http, Method: GET, TimeoutInMillis: 100}}
              Slow: {Type: Api, Properties: {Path: /slow, Method: GET}}
      """
    let pids = try await ServedGateway.serving(template) { gateway in
      _ = Gate(in: gateway.directory.path)
      let warm = try #require(Int(try await gateway.answer("GET /slow", ["x-command: pid"]).text))
      let rest = try await gateway.answer("GET /rest", ["x-command: gate"])
      #expect(rest.status == 504)
      #expect(rest.text == #"{"message":"Endpoint request timed out"}"#)
      #expect(rest.values("x-amzn-ErrorType") == ["InternalServerErrorException"])
      let http = try await gateway.answer("GET /http", ["x-command: gate"])
      #expect(http.status == 503)
      #expect(http.text == #"{"message":"Service Unavailable"}"#)
      #expect(isAlive(warm))
      return [warm]
    }
    #expect(!pids.contains(where: isAlive))
  }

  private func template(atStart: String) -> String {
    ProxyRoutes.template.replacing(
      "Timeout: 60", with: "Timeout: 60, Environment: {Variables: {AT_START: \(atStart)}}")
  }

  @Test("posts an error or exits during init is a 502 or 500 each time")
  func initError() async throws {
    for atStart in ["error", "exit"] {
      try await ServedGateway.serving(template(atStart: atStart)) { gateway in
        for (routes, status, body) in Self.failures {
          let answer = try await gateway.answer("GET \(routes.path(""))", [routes.host])
          #expect(answer.status == status, "\(atStart) \(routes)")
          #expect(answer.text == body)
        }
      }
    }
  }

  @Test("failed to start serves the next request once it can start")
  func recovered() async throws {
    try await ServedGateway.serving(template(atStart: "error")) { gateway in
      #expect(try await gateway.answer("GET /rest").status == 502)
      #expect(try await gateway.line(containing: "Function.NoStart") != nil)
      try Data().write(to: gateway.directory.appending(path: "fixed"))
      #expect(try await gateway.answer("GET /rest").status == 200)
    }
  }

  @Test("is missing is a 502 or 500, and the log says what is missing")
  func missing() async throws {
    let template = ProxyRoutes.template.replacing("CodeUri: .", with: "CodeUri: nowhere")
    try await ServedGateway.serving(template) { gateway in
      for (routes, status, body) in Self.failures {
        let answer = try await gateway.answer("GET \(routes.path(""))", [routes.host])
        #expect(answer.status == status, "\(routes)")
        #expect(answer.text == body)
      }
      #expect(try await gateway.line(containing: "nowhere/bootstrap") != nil)
    }
  }

  @Test("leaves behind a child process that asks for events doesn't keep the gateway from ending")
  func orphan() async throws {
    let script = """
      event = Event()
      if os.fork() == 0:
          os.setsid()
          write = open("pid", "w")
          write.write(str(os.getpid()))
          write.close()
          respond(event, {"statusCode": 200})
          while True:
              try: Event()
              except Exception: time.sleep(0.01)
      open("gate").close()
      """
    let pid = try await ServedGateway.serving(ProxyRoutes.template, function: script) { gateway in
      let gate = Gate(in: gateway.directory.path)
      #expect(try await gateway.answer("GET /rest").status == 200)
      let pid = try Int32(String(contentsOf: gateway.directory.appending(path: "pid"), encoding: .utf8))
      gate.open()
      return try #require(pid)
    }
    kill(pid, SIGKILL)
  }
}
