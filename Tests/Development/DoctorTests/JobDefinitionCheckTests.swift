import Batch
import LocalBatch
import Platform
import Testing

@testable import Doctor

@Suite("The doctor's findings about a job definition")
struct JobDefinitionCheckTests {
  /// A check of a definition with these revisions; a negative number means an inactive one.
  private func check(_ name: String, _ revisions: Int...) throws -> JobDefinitionCheck {
    JobDefinitionCheck(
      definition: try #require(JobDefinitionName(name)),
      revisions: revisions.map {
        BatchInventory.JobDefinition(
          jobDefinitionName: "resize", revision: abs($0), status: $0 < 0 ? "INACTIVE" : "ACTIVE")
      })
  }

  private func line(_ check: JobDefinitionCheck) throws -> String {
    check.finding(
      at: try ExaminedBatch(
        Environment([:]), region: "eu-west-1", credentials: EmbeddedBatch.demoCredentials, again: "doctor")
    ).description
  }

  private static let look =
    "run: aws batch describe-job-definitions --job-definition-name resize --status ACTIVE --region eu-west-1"

  @Test("name the latest active revision")
  func latest() throws {
    #expect(
      try line(check("resize", 9, 10, -11)) == "ok    job definition resize: 10 is the latest revision that is ACTIVE")
    #expect(try check("resize", 9, 10, -11).used?.revision == 10)
    #expect(try line(check("resize:10", 9, 10)) == "ok    job definition resize:10: ACTIVE, the latest")
    #expect(try line(check("resize:9", 9, 10)) == "ok    job definition resize:9: ACTIVE, and 10 is the latest")
    #expect(try check("resize:9", 9, 10).used?.revision == 9)
  }

  @Test("report a named revision that doesn't exist or is deregistered")
  func revisions() throws {
    #expect(
      try line(check("resize:8", 9, 10))
        == "fail  job definition resize:8 does not exist; the latest ACTIVE revision is 10; \(Self.look)")
    #expect(
      try line(check("resize:9", -9, 10))
        == "fail  job definition resize:9 is INACTIVE; the latest ACTIVE revision is 10; \(Self.look)")
  }

  @Test("report a definition without an active revision, or without any")
  func none() throws {
    #expect(
      try line(check("resize", -1, -2)) == "fail  job definition resize has no ACTIVE revision; run: aws batch "
        + "register-job-definition --cli-input-json file://resize.json --region eu-west-1")
    #expect(try line(check("resize:1")).hasPrefix("fail  job definition resize does not exist in eu-west-1;"))
  }
}
