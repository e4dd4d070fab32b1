import Batch
import LocalBatch
import Platform
import Testing

@testable import Doctor

@Suite("What the doctor says of a job definition")
struct JobDefinitionCheckTests {
  /// The check of a definition that has these revisions; a negative one is inactive.
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

  @Test("has a latest revision that is active")
  func latest() throws {
    #expect(
      try line(check("resize", 9, 10, -11)) == "ok    job definition resize: 10 is the latest revision that is ACTIVE")
    #expect(try check("resize", 9, 10, -11).used?.revision == 10)
    #expect(try line(check("resize:10", 9, 10)) == "ok    job definition resize:10: ACTIVE, the latest")
    #expect(try line(check("resize:9", 9, 10)) == "ok    job definition resize:9: ACTIVE, and 10 is the latest")
    #expect(try check("resize:9", 9, 10).used?.revision == 9)
  }

  @Test("may lack the revision that is named, or have it deregistered")
  func revisions() throws {
    #expect(
      try line(check("resize:8", 9, 10))
        == "fail  job definition resize:8: there is no such revision; 10 is the latest; \(Self.look)")
    #expect(
      try line(check("resize:9", -9, 10))
        == "fail  job definition resize:9 is INACTIVE; 10 is the latest that is ACTIVE; \(Self.look)")
  }

  @Test("may have no revision that is active, or none at all")
  func none() throws {
    #expect(
      try line(check("resize", -1, -2)) == "fail  job definition resize: no revision is ACTIVE; run: aws batch "
        + "register-job-definition --cli-input-json file://resize.json --region eu-west-1")
    #expect(try line(check("resize:1")).hasPrefix("fail  job definition resize: there is none in eu-west-1;"))
  }
}
