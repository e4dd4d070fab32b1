import Batch
import Testing

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
