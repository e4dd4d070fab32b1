import TestSupport
import Testing

@Suite("Only POST submits a job")
struct MethodTests {
  @Test(
    "and any other method is a 405 with Allow, in every event format",
    arguments: ["GET", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS"])
  func otherMethod(method: String) async throws {
    let events = Self.events(method)
    let run = try await invoke(events + [.rest()])
    #expect(run.responses.map(\.statusCode) == events.map { _ in 405 } + [200], "\(run.written)")
    for response in run.responses.prefix(events.count) {
      #expect(response.header("Allow") == "POST")
      expectProblem(response, 405)
    }
    #expect(run.batch.requests.count == 1)
  }

  @Test("and OPTIONS is a preflight request, not a job, if CORS is enabled")
  func preflight() async throws {
    let events = Self.events("OPTIONS")
    let run = try await invoke(events, environment: ["CORS_ALLOW_ORIGIN": "*"])
    #expect(run.responses.map(\.statusCode) == events.map { _ in 204 }, "\(run.written)")
    #expect(run.batch.requests.isEmpty)
  }

  /// The same request in every format; an API's with and without path parameters.
  private static func events(_ method: String) -> [RuntimeAPI.Event] {
    func change(_ event: inout [String: Any]) {
      guard var context = event["requestContext"] as? [String: Any] else { return }
      if var http = context["http"] as? [String: Any] {
        http["method"] = method
        context["http"] = http
        event["requestContext"] = context
      } else {
        event["httpMethod"] = method
      }
    }
    return [
      .rest(edit: change), .http(edit: change), .functionURL(edit: change), .defaultRoute(edit: change),
      .alb(edit: change), .alb(multiValueHeaders: true, edit: change),
      .rest {
        change(&$0)
        $0["version"] = "1.0"
      },
    ]
  }
}
