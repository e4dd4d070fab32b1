import Batch
import Testing

@Suite("A name")
struct NamesTests {
  static let long = String(repeating: "n", count: 128)
  /// What is no name of anything.
  static let bad = [
    "", " ", "a b", "a/b", "a.b", "a+b", "a*", "é", "e\u{301}", "a\u{0}", "a\n", "\na", "a%3A", "a\"b", "ａ", "٣", "a;b",
    "..", "$(id)",
    long + "n", "arn:aws:batch:us-east-1:1:job-queue/q", "a@b", "a[b", "a`b", "a{b", "\u{212a}",
  ]

  @Test(
    "of a job queue has 1 to 128 letters, digits, hyphens and underscores",
    arguments: ["a", "Z", "0", "-", "_", "Reports_2-x", long])
  func jobQueue(text: String) {
    #expect(JobQueueName(text)?.description == text)
  }

  @Test("of a job queue has nothing else", arguments: bad + ["a:1"])
  func noJobQueue(text: String) {
    #expect(JobQueueName(text) == nil)
  }

  @Test(
    "of a job definition may have a revision",
    arguments: [
      ("render", "render", false), ("render:1", "render", true), ("render:30", "render", true),
      ("_r-:2147483647", "_r-", true),
      (long, long, false), (long + ":1", long, true), ("9:9", "9", true),
    ])
  func jobDefinition(text: String, name: String, hasRevision: Bool) {
    let definition = JobDefinitionName(text)
    #expect(definition?.description == text)
    #expect(definition?.name == name)
    #expect(definition?.hasRevision == hasRevision)
  }

  @Test(
    "of a job definition has no other revision than a whole number from 1, and nothing else",
    arguments: bad + [
      "render:", ":", ":1", "render:0", "render:01", "render:-1", "render:+1", "render:1.0", "render:1a", "render:a",
      "render:1:2", "render::1",
      "render: 1", "render:1 ", "render:*", "render:latest", "render:٣", "render:12345678901", "render:1\n",
      long + "n:1", "render:\u{301}1",
    ])
  func noJobDefinition(text: String) {
    #expect(JobDefinitionName(text) == nil)
  }

  @Test(
    "of a job begins with a letter or a digit",
    arguments: ["a", "7", "a-", "A_", "render-2026-11-23", "0" + String(repeating: "_", count: 127)])
  func job(text: String) {
    #expect(JobName(text)?.description == text)
  }

  @Test("of a job is nothing else", arguments: bad + ["-a", "_a", "-", "_", "a:1"])
  func noJob(text: String) {
    #expect(JobName(text) == nil)
  }

  private static let id = "8e6f1c2d-3b4a-4d5e-9f00-112233445566"

  @Test(
    "is made for a job from its definition's name without the revision, and the request's id",
    arguments: [
      ("render", id, "render-8e6f1c2d"), ("render:3", id, "render-8e6f1c2d"), ("_render", id, "job_render-8e6f1c2d"),
      ("-r:1", id, "job-r-8e6f1c2d"),
      ("render", "a-b-c-d-e-f-g-h-i", "render-abcdefgh"), ("render", "ab", "render-ab"),
      ("render", "--é/..\u{0}1", "render-1"), ("7", id, "7-8e6f1c2d"),
      (String(repeating: "n", count: 119), id, String(repeating: "n", count: 119) + "-8e6f1c2d"),
      (String(repeating: "n", count: 120), id, String(repeating: "n", count: 119) + "-8e6f1c2d"),
      (long + ":7", id, String(repeating: "n", count: 119) + "-8e6f1c2d"),
      ("_" + String(repeating: "n", count: 127), id, "job_" + String(repeating: "n", count: 115) + "-8e6f1c2d"),
    ])
  func generated(definition: String, id: String, name: String) throws {
    let made = JobName(for: try #require(JobDefinitionName(definition)), id: id)
    #expect(made.description == name)
    #expect(JobName(made.description) == made)
  }

  @Test(
    "is a valid one for a job, whatever the definition and the id",
    arguments: ["a", "-", "_", long, "_" + long.dropLast()], ["", "-", "é", id, long])
  func alwaysValid(definition: String, id: String) throws {
    let made = JobName(for: try #require(JobDefinitionName(definition)), id: id)
    #expect(JobName(made.description) == made)
  }
}
