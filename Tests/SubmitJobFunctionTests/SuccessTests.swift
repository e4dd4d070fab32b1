import TestSupport
import Testing

@Suite("A job that is submitted")
struct SuccessTests {
  @Test("is a 200 with the body that Batch sent, in the form of each integration")
  func everyShape() async throws {
    let run = try await invoke(.rest(), .http(), .functionURL(), .defaultRoute(), .alb(), .alb(multiValueHeaders: true))
    #expect(run.responses.map(\.statusCode) == [200, 200, 200, 200, 200, 200])
    #expect(run.responses.allSatisfy { $0.body == ScriptedServer.Response.submittedBody })
    #expect(run.batch.requests.count == 6)
  }
}
