import RawJSON
import Testing

@testable import JobAPI

@Suite("What callers get of a job")
struct JobCutTests {
  @Test("is a fixed list of members in a fixed order, as Batch's bytes, and nothing of the account")
  func detail() throws {
    let detail = #"""
      {"jobArn":"arn:aws:batch:us-east-1:123456789012:job/8c","tags":{"k" : "\u00e9","by":"arn:aws:iam::111122223333:user/ann"},
       "status":"FAILED","jobId":"8c",
       "jobQueue":"arn:aws:batch:us-east-1:123456789012:job-queue/q","createdAt":1.0e3,"new":{"from":"AWS"},
       "jobDefinition":"arn:aws:batch:us-east-1:123456789012:job-definition/d:3","jobName":"n","isTerminated":false,
       "statusReason":"User: arn:aws:sts::123456789012:assumed-role/secret/x is not authorized",
       "container":{"image":"123456789012.dkr","exitCode":1,"logStreamName":"d/default/1","environment":[{"name":"x"}],
        "jobRoleArn":"arn:aws:iam::123456789012:role/r","reason":"Out \"of\" memory"},
       "attempts":[{"container":{"containerInstanceArn":"arn","exitCode":137,"taskArn":"arn"},"startedAt":1,"stoppedAt":2},
        {"container":{}},7],
       "dependsOn":[{"jobId":"9d","type":"SEQUENTIAL","x":1}],"arrayProperties":{"size":2,"statusSummary":{"FAILED":2}},
       "timeout":{"attemptDurationSeconds":60},"parameters":{"p":"v"},"startedAt":null,"retryStrategy":{"attempts":2}}
      """#
    let cut = #"""
      {"jobId":"8c","jobName":"n","jobQueue":"q","jobDefinition":"d:3","status":"FAILED",\#
      "statusReason":"User: [redacted] is not authorized","createdAt":1.0e3,"isTerminated":false,\#
      "attempts":[{"startedAt":1,"stoppedAt":2,"container":{"exitCode":137}},{"container":{}}],\#
      "container":{"exitCode":1,"reason":"Out \"of\" memory","logStreamName":"d/default/1"},\#
      "arrayProperties":{"size":2,"statusSummary":{"FAILED":2}},"dependsOn":[{"jobId":"9d","type":"SEQUENTIAL"}],\#
      "timeout":{"attemptDurationSeconds":60},"tags":{"k" : "\u00e9","by":"arn:aws:iam::111122223333:user/ann"}}
      """#
    #expect(try bytes(JobCut.detail, detail) == cut)
    #expect(!cut.contains("123456789012"))
  }

  @Test("is shorter in a list")
  func summary() throws {
    let summary = #"""
      {"jobArn":"arn:aws:batch:us-east-1:123456789012:job/8c","jobId":"8c","jobName":"n","createdAt":1,"status":"RUNNING",
       "shareIdentifier":"s","jobDefinition":"arn:aws:batch:us-east-1:1:job-definition/d:3","container":{"exitCode":0,"x":1}}
      """#
    #expect(
      try bytes(JobCut.summary, summary)
        == #"{"jobId":"8c","jobName":"n","jobDefinition":"d:3","status":"RUNNING","createdAt":1,"container":{"exitCode":0}}"#
    )
  }

  @Test(
    "leaves out what has another type than Batch's",
    arguments: [
      #"{"container":[],"attempts":{},"jobQueue":7,"dependsOn":null,"timeout":"x"}"#, "{}",
    ])
  func types(detail: String) throws {
    #expect(try bytes(JobCut.detail, detail) == "{}")
  }

  @Test(
    "has an entity tag that If-None-Match may name",
    arguments: [
      (#""x""#, true), (#"W/"x""#, true), ("*", true), (#""y", "x""#, true), (#"  "x" "#, true), (#""y""#, false),
      ("x", false),
      ("", false), (#""X""#, false),
    ])
  func entityTag(header: String, isMatched: Bool) {
    #expect(ReadJob.matches(#""x""#, [header]) == isMatched)
    #expect(ReadJob.matches(#""x""#, [#""z""#, header]) == isMatched)
    #expect(!ReadJob.matches(#""x""#, []))
  }

  private func bytes(_ cuts: [JobCut], _ job: String) throws -> String {
    String(decoding: JobCut.bytes(cuts, of: try JSONObject(parsing: Array(job.utf8))), as: UTF8.self)
  }
}
