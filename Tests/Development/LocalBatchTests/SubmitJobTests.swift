import LocalBatch
import Testing

@Suite("SubmitJob")
struct SubmitJobTests {
  private let account = "arn:aws:batch:us-east-1:123456789012"

  @Test("returns the job's ARN, id and name")
  func response() async throws {
    try await withBatch { _, client in
      let response = try await client.submit()
      #expect(response.status == 200)
      #expect(response.json["jobName"] as? String == "demo")
      #expect(response.jobID.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
      #expect(response.json["jobArn"] as? String == "\(account):job/\(response.jobID)")
      #expect(response.headers["Content-Type"] as? String == "application/json")
      #expect(response.headers["x-amzn-RequestId"] != nil)
    }
  }

  @Test(
    "resolves a definition to its latest revision, or to the named one",
    arguments: [
      ("sample-job", 3), ("sample-job:2", 2), ("arn:aws:batch:us-east-1:123456789012:job-definition/sample-job", 3),
      ("arn:aws:batch:us-east-1:123456789012:job-definition/sample-job:1", 1),
    ])
  func definitions(reference: String, revision: Int) async throws {
    try await withBatch { _, client in
      let response = try await client.post("/v1/submitjob", submitJob(jobDefinition: reference))
      let job = try await client.job(response.jobID)
      #expect(job["jobDefinition"] as? String == "\(account):job-definition/sample-job:\(revision)")
    }
  }

  @Test("accepts a queue's ARN and the configured names")
  func names() async throws {
    try await withBatch(jobQueues: ["reports"], jobDefinitions: ["resize:7", "scan"]) { batch, client in
      #expect(batch.jobDefinitions == ["resize:7", "sample-job:1", "sample-job:2", "sample-job:3", "scan:1"])
      let arn = "\(account):job-queue/reports"
      for (queue, definition) in [(arn, "resize:7"), ("reports", "scan"), ("reports", "resize")] {
        let body = submitJob(jobQueue: queue, jobDefinition: definition)
        let response = try await client.post("/v1/submitjob", body)
        #expect(response.status == 200)
      }
    }
  }

  @Test(
    "reports an unknown queue or definition",
    arguments: [
      ("nowhere", "sample-job", "JobQueue nowhere not found."),
      ("", "sample-job", "JobQueue  not found."),
      (
        "arn:aws:batch:us-east-2:123456789012:job-queue/sample-queue", "sample-job",
        "JobQueue arn:aws:batch:us-east-2:123456789012:job-queue/sample-queue not found."
      ),
      ("sample-queue", "nothing", "JobDefinition name nothing does not exist or is not in ACTIVE status"),
      ("sample-queue", "sample-job:4", "JobDefinition name sample-job:4 does not exist or is not in ACTIVE status"),
      ("sample-queue", "sample-job:", "JobDefinition name sample-job: does not exist or is not in ACTIVE status"),
      ("sample-queue", "sample-job:01", "JobDefinition name sample-job:01 does not exist or is not in ACTIVE status"),
      (
        "sample-queue", "arn:aws:batch:us-east-1:999999999999:job-definition/sample-job",
        "JobDefinition arn:aws:batch:us-east-1:999999999999:job-definition/sample-job not found."
      ),
    ])
  func unknownNames(queue: String, definition: String, message: String) async throws {
    try await withBatch { batch, client in
      let body = submitJob(jobQueue: queue, jobDefinition: definition)
      let response = try await client.post("/v1/submitjob", body)
      #expect(response.status == 400)
      #expect(response.errorType == "ClientException")
      #expect(response.message == message)
      #expect(await batch.submitJobBodies.isEmpty)
    }
  }

  @Test(
    "rejects a member outside its limit, and names it",
    arguments: [
      (
        #""dependsOn":[\#(Array(repeating: #"{"jobId":"x"}"#, count: 21).joined(separator: ","))]"#,
        "Job cannot have more than 20 dependencies"
      ),
      (#""dependsOn":[{"type":"N_TO_N"}]"#, "requires a jobId"),
      (#""dependsOn":[{"type":"SEQUENTIAL"}]"#, "array jobs"),
      (#""dependsOn":[{"jobId":"x","type":"SOMEHOW"}]"#, "dependsOn[0].type"),
      (#""arrayProperties":{"size":1}"#, "arrayProperties.size must be between 2 and 10000, got 1"),
      (#""arrayProperties":{"size":10001}"#, "arrayProperties.size must be between 2 and 10000, got 10001"),
      (#""arrayProperties":{}"#, "arrayProperties.size is required"),
      (#""retryStrategy":{"attempts":0}"#, "retryStrategy.attempts must be between 1 and 10, got 0"),
      (#""retryStrategy":{"attempts":11}"#, "retryStrategy.attempts must be between 1 and 10, got 11"),
      (#""retryStrategy":{"evaluateOnExit":[{"action":"EXIT"}]}"#, "requires retryStrategy.attempts"),
      (#""retryStrategy":{"attempts":1,"evaluateOnExit":[{"action":"STAY"}]}"#, "RETRY or EXIT"),
      (#""retryStrategy":{"attempts":1,"evaluateOnExit":[{}]}"#, "retryStrategy.evaluateOnExit[0].action is required"),
      (#""timeout":{"attemptDurationSeconds":59}"#, "timeout.attemptDurationSeconds must be at least 60, got 59"),
      (#""schedulingPriorityOverride":10000"#, "schedulingPriorityOverride must be between 0 and 9999, got 10000"),
      (#""shareIdentifier":"a-b""#, "shareIdentifier"),
      (#""tags":{\#((0...50).map { #""\#($0)":"v""# }.joined(separator: ","))}"#, "tags must have at most 50 entries"),
      (#""tags":{"aws:x":"y"}"#, "aws:"),
      (#""tags":{"\#(String(repeating: "k", count: 129))":"v"}"#, "128 characters"),
      (#""tags":{"k":"\#(String(repeating: "v", count: 257))"}"#, "256 characters"),
      (#""containerOverrides":{"command":[""]}"#, "empty string"),
      (#""containerOverrides":{"environment":[{"name":"AWS_BATCH_X","value":"y"}]}"#, "AWS_BATCH"),
      (#""containerOverrides":{"resourceRequirements":[{"type":"VCPU"}]}"#, "value is required"),
      (#""ecsPropertiesOverride":{"taskProperties":[{},{}]}"#, "one task"),
      (#""parameters":{"n":1}"#, "parameters.n"),
      (#""retryStrategy":{"attempts":"3"}"#, "retryStrategy.attempts"),
      (#""propagateTags":"yes""#, "propagateTags"),
      (#""parameters":{"n":"\#(String(repeating: "x", count: 30 * 1024))"}"#, "less than 30 KiB, got 31 KiB"),
    ])
  func limits(member: String, message: String) async throws {
    try await withBatch { batch, client in
      let response = try await client.submit(member)
      #expect(response.status == 400)
      #expect(response.errorType == "ClientException")
      #expect(response.message?.contains(message) == true, "\(response.message ?? "no message")")
      #expect(await batch.submitJobBodies.isEmpty)
    }
  }

  @Test(
    "rejects an invalid job name",
    arguments: ["", "-job", "_job", "a b", "a.b", "é", String(repeating: "a", count: 129)])
  func jobNames(name: String) async throws {
    try await withBatch { _, client in
      let response = try await client.submit(jobName: name)
      #expect(response.status == 400)
      let requestID = try #require(response.headers["x-amzn-RequestId"] as? String)
      #expect(
        response.message
          == "Error executing request, Exception : Job name should match valid pattern, RequestId: \(requestID)")
    }
  }

  @Test("requires a name, a queue and a definition", arguments: ["jobName", "jobQueue", "jobDefinition"])
  func required(member: String) async throws {
    try await withBatch { _, client in
      for value in ["", #""\#(member)":null,"#] {
        let others = ["jobName", "jobQueue", "jobDefinition"].filter { $0 != member }.map { #""\#($0)":"sample-job""# }
        let response = try await client.post("/v1/submitjob", "{\(value)\(others.joined(separator: ","))}")
        #expect(response.status == 400)
        #expect(response.errorType == "ClientException")
        #expect(response.message?.contains(member) == true)
      }
    }
  }

  @Test("a body that isn't a JSON object is a SerializationException", arguments: ["", "{", "[]", "null", "x", "{}x"])
  func notJSON(body: String) async throws {
    try await withBatch { _, client in
      let response = try await client.post("/v1/submitjob", body)
      #expect(response.status == 400)
      #expect(response.errorType == "SerializationException")
    }
  }

  @Test("a body that is too deep, too large or not UTF-8 is rejected without harm")
  func hostile() async throws {
    let deep = Array((String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)).utf8)
    try await withBatch { _, client in
      for body in [deep, [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], [0]] {
        let response = try await client.send(path: "/v1/submitjob", body: body)
        #expect(response.status == 400)
        #expect(response.errorType == "SerializationException")
      }
      let huge = try await client.send(path: "/v1/submitjob", body: [UInt8](repeating: 0x20, count: 10_000_001))
      #expect(huge.status == 413)
      #expect(huge.errorType == "RequestEntityTooLargeException")
      #expect(try await client.submit().status == 200)
    }
  }

  @Test("accepts values on the limits, and unknown members")
  func onTheLimits() async throws {
    let members = [
      #""dependsOn":[\#(Array(repeating: #"{"jobId":"x"}"#, count: 20).joined(separator: ","))]"#,
      #""arrayProperties":{"size":2},"dependsOn":[{"type":"SEQUENTIAL"}]"#, #""arrayProperties":{"size":10000}"#,
      #""retryStrategy":{"attempts":10,"evaluateOnExit":[{"action":"exit","onExitCode":"1*"}]}"#,
      #""timeout":{"attemptDurationSeconds":60}"#, #""shareIdentifier":"team*","schedulingPriorityOverride":9999"#,
      #""futureMember":{"a":[1]}"#, #""tags":{}"#, #""tags":null,"containerOverrides":{"futureMember":1}"#,
    ]
    let padding = 30 * 1024 - submitJob(#""parameters":{"n":""}"#).utf8.count
    let largest = #""parameters":{"n":"\#(String(repeating: "x", count: padding))"}"#
    try await withBatch { _, client in
      for member in members + [largest] {
        let response = try await client.submit(member)
        #expect(response.status == 200, "\(member.prefix(60))")
      }
    }
  }

  @Test("records the bytes of accepted requests")
  func bytes() async throws {
    let body = submitJob(#""parameters" : {"n":"1.10"},  "tags":{"k":"\u00e9"}"#)
    try await withBatch { batch, client in
      _ = try await client.post("/v1/submitjob", body)
      _ = try await client.submit(jobName: "not one")
      #expect(await batch.submitJobBodies == [Array(body.utf8)])
    }
  }
}
