import TestSupport
import Testing

@testable import SAMTemplate

@Suite("A pattern of an IAM policy")
struct PolicyPatternTests {
  @Test(
    "matches whole texts, with wildcards",
    arguments: [
      ("batch:submitjob", "batch:submitjob"), ("batch:*", "batch:submitjob"), ("*", "batch:submitjob"), ("*", ""),
      ("batch:Submit???", "batch:SubmitJob"), ("a*c", "abc"), ("a*c", "ac"), ("a*b*c", "aXbXbc"), ("a**", "a"),
      // A star that ends a segment matches beyond it: a name with any revision.
      ("arn:aws:batch:r:1:job-definition/resize*", "arn:aws:batch:r:1:job-definition/resize:7"),
      ("arn:aws:batch:r:1:job-definition/*", "arn:aws:batch:r:1:job-definition/resize:7"),
      ("arn:*:job-definition/resize:*", "arn:aws:batch:r:1:job-definition/resize:7"),
      ("arn:aws:batch:r:1:job-definition/re*e:7", "arn:aws:batch:r:1:job-definition/resize:7"),
    ])
  func matches(pattern: String, text: String) {
    #expect(PolicyPattern(pattern).matches(text))
  }

  @Test(
    "matches nothing else",
    arguments: [
      ("batch:submitjob", "batch:submitjobs"), ("batch:submit", "batch:submitjob"), ("a?", "a"), ("", "a"),
      ("a*c", "acb"), ("Resize", "resize"),
      ("arn:aws:batch:r:1:job-definition/resize", "arn:aws:batch:r:1:job-definition/resize:7"),
      ("arn:aws:batch:r:1:job-definition/resize:*", "arn:aws:batch:r:1:job-definition/resize"),
      // Within a segment, a wildcard stays in it.
      ("arn:aws:batch:r:1:job-definition/r*7", "arn:aws:batch:r:1:job-definition/resize:7"),
      ("arn:aws:batch:r:1:job-definition/resize?7", "arn:aws:batch:r:1:job-definition/resize:7"),
    ])
  func mismatches(pattern: String, text: String) {
    #expect(!PolicyPattern(pattern).matches(text))
  }

  @Test("is matched in reasonable time, however many stars it has", .timeLimit(.minutes(1)))
  func manyStars() {
    let pattern = PolicyPattern(String(repeating: "a*", count: 64) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 2048)))
  }
}
