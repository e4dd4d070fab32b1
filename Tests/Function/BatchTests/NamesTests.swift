import Batch
import Testing

@Suite("The name of a job queue")
struct JobQueueNameTests {
  @Test(
    "has 1 to 128 letters, digits, hyphens and underscores",
    arguments: ["a", "Z", "0", "-", "_", "Reports_2-x", Names.long])
  func jobQueue(text: String) {
    #expect(JobQueueName(text)?.description == text)
  }

  @Test("can't contain anything else", arguments: Names.bad + ["a:1"])
  func noJobQueue(text: String) {
    #expect(JobQueueName(text) == nil)
  }
}

@Suite("The name of a job definition")
struct JobDefinitionNameTests {
  @Test(
    "can have a revision",
    arguments: [
      ("render", "render", false), ("render:1", "render", true), ("render:30", "render", true),
      ("_r-:2147483647", "_r-", true),
      (Names.long, Names.long, false), (Names.long + ":1", Names.long, true), ("9:9", "9", true),
    ])
  func jobDefinition(text: String, name: String, hasRevision: Bool) {
    let definition = JobDefinitionName(text)
    #expect(definition?.description == text)
    #expect(definition?.name == name)
    #expect(definition?.hasRevision == hasRevision)
  }

  @Test(
    "can't have anything after a colon other than an integer from 1",
    arguments: Names.bad + [
      "render:", ":", ":1", "render:0", "render:01", "render:-1", "render:+1", "render:1.0", "render:1a", "render:a",
      "render:1:2", "render::1",
      "render: 1", "render:1 ", "render:*", "render:latest", "render:٣", "render:12345678901", "render:1\n",
      Names.long + "n:1", "render:\u{301}1",
    ])
  func noJobDefinition(text: String) {
    #expect(JobDefinitionName(text) == nil)
  }
}

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

/// Names that these tests share.
private enum Names {
  /// The longest valid name.
  static let long = String(repeating: "n", count: 128)
  /// Texts that are not valid names.
  static let bad = [
    "", " ", "a b", "a/b", "a.b", "a+b", "a*", "é", "e\u{301}", "a\u{0}", "a\n", "\na", "a%3A", "a\"b", "ａ", "٣", "a;b",
    "..", "$(id)",
    long + "n", "arn:aws:batch:us-east-1:1:job-queue/q", "a@b", "a[b", "a`b", "a{b", "\u{212a}",
  ]
}
