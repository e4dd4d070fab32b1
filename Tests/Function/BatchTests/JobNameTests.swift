import Batch
import Testing

@Suite("The name of a job")
struct JobNameTests {
  @Test(
    "begins with a letter or a digit",
    arguments: ["a", "7", "a-", "A_", "render-2026-11-23", "0" + String(repeating: "_", count: 127)])
  func job(text: String) {
    #expect(JobName(text)?.description == text)
  }

  @Test("can't contain anything else", arguments: Names.bad + ["-a", "_a", "-", "_", "a:1"])
  func noJob(text: String) {
    #expect(JobName(text) == nil)
  }

  private static let id = "8e6f1c2d-3b4a-4d5e-9f00-112233445566"

  @Test(
    "is generated from the definition's name, without the revision, and the request id",
    arguments: [
      ("render", id, "render-8e6f1c2d"), ("render:3", id, "render-8e6f1c2d"), ("_render", id, "job_render-8e6f1c2d"),
      ("-r:1", id, "job-r-8e6f1c2d"),
      ("render", "a-b-c-d-e-f-g-h-i", "render-abcdefgh"), ("render", "ab", "render-ab"),
      ("render", "--é/..\u{0}1", "render-1"), ("7", id, "7-8e6f1c2d"),
      (String(repeating: "n", count: 119), id, String(repeating: "n", count: 119) + "-8e6f1c2d"),
      (String(repeating: "n", count: 120), id, String(repeating: "n", count: 119) + "-8e6f1c2d"),
      (Names.long + ":7", id, String(repeating: "n", count: 119) + "-8e6f1c2d"),
      ("_" + String(repeating: "n", count: 127), id, "job_" + String(repeating: "n", count: 115) + "-8e6f1c2d"),
    ])
  func generated(definition: String, id: String, name: String) throws {
    let made = JobName(for: try #require(JobDefinitionName(definition)), id: id)
    #expect(made.description == name)
    #expect(JobName(made.description) == made)
  }

  @Test(
    "is valid when generated, whatever the definition and the id",
    arguments: ["a", "-", "_", Names.long, "_" + Names.long.dropLast()], ["", "-", "é", id, Names.long])
  func alwaysValid(definition: String, id: String) throws {
    let made = JobName(for: try #require(JobDefinitionName(definition)), id: id)
    #expect(JobName(made.description) == made)
  }
}
