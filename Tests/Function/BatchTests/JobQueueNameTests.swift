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
