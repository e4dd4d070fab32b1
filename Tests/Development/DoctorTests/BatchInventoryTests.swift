import AWSService
import Batch
import DevelopmentTestSupport
import LocalBatch
import LocalServer
import Platform
import SigV4
import Synchronization
import Testing

@testable import Doctor

@Suite("The inventory of a Batch")
struct BatchInventoryTests {
  private func inventory(
    port: Int, credentials: AWSCredentials = EmbeddedBatch.demoCredentials, timeLimit: Duration = .seconds(60),
    clock: WallClock = .system
  ) throws -> BatchInventory {
    try BatchInventory(
      environment: Environment(["AWS_ENDPOINT_URL_BATCH": "http://127.0.0.1:\(port)"]), region: "us-east-1",
      credentials: credentials, timeLimit: timeLimit, clock: clock)
  }

  /// The error that is thrown instead of returning queues, and instead of returning revisions.
  private func failure(
    _ inventory: BatchInventory, sourceLocation: SourceLocation = #_sourceLocation
  ) async -> BatchInventoryError? {
    var errors: [BatchInventoryError] = []
    do throws(BatchInventoryError) { _ = try await inventory.jobQueues([]) } catch { errors.append(error) }
    do throws(BatchInventoryError) { _ = try await inventory.revisions(ofJobDefinition: "d") } catch {
      errors.append(error)
    }
    #expect(errors.count == 2, sourceLocation: sourceLocation)
    return errors.last
  }

  private func refusal(_ inventory: BatchInventory) async -> (status: Int, code: String)? {
    guard case .refused(let refusal) = await failure(inventory) else { return nil }
    return (refusal.status, refusal.code)
  }

  @Test("has queues with their states, by name or an arbitrary one")
  func queues() async throws {
    let batch = EmbeddedBatch(jobQueues: ["reports"], disabledJobQueues: ["closed"])
    try await batch.serve { port in
      let queues = try await inventory(port: port).jobQueues(["reports", "closed", "nowhere"])
      #expect(queues.map(\.jobQueueName) == ["closed", "reports"])
      #expect(queues.map(\.state) == ["DISABLED", "ENABLED"])
      #expect(queues.last?.jobQueueArn == "arn:aws:batch:us-east-1:123456789012:job-queue/reports")
      #expect(try await inventory(port: port).jobQueues([]).count == 1)
    }
    #expect(await batch.receivedBodies.isEmpty)
  }

  @Test("has all revisions of a definition, across pages, and no other definition's")
  func revisions() async throws {
    let many = (1...230).map { "resize:\($0)" }
    let batch = EmbeddedBatch(jobDefinitions: many + ["resize-more:1"], inactiveJobDefinitions: ["resize:7"])
    try await batch.serve { port in
      let revisions = try await inventory(port: port).revisions(ofJobDefinition: "resize")
      #expect(revisions.map(\.revision) == Array(1...230))
      #expect(revisions.filter { $0.status == "INACTIVE" }.map(\.revision) == [7])
      #expect(try await inventory(port: port).revisions(ofJobDefinition: "nothing").isEmpty)
    }
  }

  @Test(
    "passes on errors from Batch",
    arguments: [
      (EmbeddedBatch.Fault.throttling, 429, "TooManyRequestsException"),
      (.accessDenied, 403, "AccessDeniedException"), (.invalidSignature, 403, "InvalidSignatureException"),
      (.internalError, 500, "ServerException"),
    ])
  func refusals(fault: EmbeddedBatch.Fault, status: Int, code: String) async throws {
    let batch = EmbeddedBatch()
    await batch.behave(.init(fault), for: .describe)
    try await batch.serve { port in
      let refusal = try #require(try await refusal(inventory(port: port)))
      #expect(refusal == (status, code))
    }
  }

  @Test("passes on the error for a wrong key, a wrong secret and a wrong time")
  func credentials() async throws {
    try await EmbeddedBatch().serve { port in
      let demo = EmbeddedBatch.demoCredentials
      let stranger = AWSCredentials(accessKeyID: "AKIASTRANGER", secretAccessKey: demo.secretAccessKey)
      let strange = try await refusal(inventory(port: port, credentials: stranger))
      #expect(strange?.code == "UnrecognizedClientException")
      let wrong = AWSCredentials(accessKeyID: demo.accessKeyID, secretAccessKey: "wrong")
      let mismatch = try await refusal(inventory(port: port, credentials: wrong))
      #expect(mismatch?.code == "InvalidSignatureException")
      let late = WallClock(now: { WallClock.system.now - .seconds(86_400) }, sleep: { _ in })
      guard case .refused(let refusal) = try await failure(inventory(port: port, clock: late)) else {
        Issue.record("the request was not rejected")
        return
      }
      #expect(refusal.message.hasPrefix("Signature expired"))
    }
  }

  @Test("reports a response that was lost or didn't come in time")
  func noAnswer() async throws {
    let batch = EmbeddedBatch()
    try await batch.serve { port in
      await batch.behave(.init(.lostResponse), for: .describe)
      let lost = try await failure(inventory(port: port))
      await batch.behave(.init(delay: .seconds(3600)), for: .describe)
      let late = try await failure(inventory(port: port, timeLimit: .seconds(1)))
      #expect(late == .unreachable("no response within 1 s"))
      guard case .unreachable = lost else {
        Issue.record("the response was not lost: \(String(describing: lost))")
        return
      }
    }
  }

  @Test("reports an address where nothing listens, and a server that isn't Batch")
  func strangers() async throws {
    // Tests never get a port below 1024.
    let port = 9
    guard case .unreachable(let reason) = try await failure(inventory(port: port)) else {
      Issue.record("something responded")
      return
    }
    #expect(reason.hasPrefix("http://127.0.0.1:\(port)"))
    try await withLocalServer(TextResponder { _ in "<html>" }) { port in
      guard case .unreadable = try await failure(inventory(port: port)) else {
        Issue.record("the server was taken for Batch")
        return
      }
    }
  }

  @Test(
    "names an invalid variable",
    arguments: [("AWS_ENDPOINT_URL", "nonsense"), ("AWS_CA_BUNDLE", "/nowhere"), ("AWS_USE_FIPS_ENDPOINT", "maybe")])
  func variables(name: String, value: String) throws {
    let error = try #require(throws: EnvironmentError.self) {
      try BatchInventory(
        environment: Environment([name: value]), region: "us-east-1", credentials: EmbeddedBatch.demoCredentials)
    }
    #expect(error.variable == name)
  }
}
