import LocalBatch
import Platform
import TestSupport
import Testing

@Suite("Job definitions and job queues that requests change")
struct CatalogTests {
  private static let container = #"""
    {"image":"a","command":["b"],"resourceRequirements":[{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"512"}],
    "user":"u","logConfiguration":{"logDriver":"awslogs","options":{"n":"1"}},"environment":[{"name":"A","value":"1"}]}
    """#

  private func register(_ client: SignedClient, _ members: String = "", name: String = "resize") async throws
    -> SignedClient.Response
  {
    try await client.post(
      "/v1/registerjobdefinition",
      #"{"jobDefinitionName":"\#(name)","type":"container","containerProperties":\#(Self.container)\#(members)}"#)
  }

  @Test("registering a definition makes its next revision, which is described as it was registered")
  func register() async throws {
    try await withBatch(jobDefinitions: ["resize:7"]) { _, client in
      let response = try await register(client, #","parameters":{"n":"1"},"tags":{"team":"a"},"propagateTags":true"#)
      #expect(response.json["revision"] as? Int == 8)
      #expect(response.json["jobDefinitionName"] as? String == "resize")
      let arn = try #require(response.json["jobDefinitionArn"] as? String)
      #expect(arn == "arn:aws:batch:us-east-1:123456789012:job-definition/resize:8")
      let described = try await client.post("/v1/describejobdefinitions", #"{"jobDefinitions":["\#(arn)"]}"#)
      let definition = try #require(described.list("jobDefinitions").first)
      #expect(definition["status"] as? String == "ACTIVE")
      #expect(definition["tags"] as? [String: String] == ["team": "a"])
      let container = try #require(definition["containerProperties"] as? [String: Any])
      #expect(container["user"] as? String == "u")
      #expect((container["logConfiguration"] as? [String: Any])?["logDriver"] as? String == "awslogs")
      #expect((container["volumes"] as? [Any])?.isEmpty == true)
      #expect(try await register(client, name: "new").json["revision"] as? Int == 1)
    }
  }

  @Test("a job gets what its definition has, unless it says otherwise")
  func defaults() async throws {
    try await withBatch { _, client in
      _ = try await register(
        client,
        #"""
        ,"parameters":{"n":"1","m":"2"},"retryStrategy":{"attempts":3},"timeout":{"attemptDurationSeconds":60},
        "schedulingPriority":5,"propagateTags":true,"tags":{"team":"a"}
        """#)
      let one = try await client.post("/v1/submitjob", submitJob(jobDefinition: "resize")).jobID
      let plain = try await client.job(one)
      #expect(plain["parameters"] as? [String: String] == ["n": "1", "m": "2"])
      #expect((plain["retryStrategy"] as? [String: Any])?["attempts"] as? Int == 3)
      #expect(plain["timeout"] as? [String: Int] == ["attemptDurationSeconds": 60])
      #expect(plain["schedulingPriority"] as? Int == 5)
      #expect(plain["propagateTags"] as? Bool == true)
      #expect(plain["tags"] as? [String: String] == [:])
      #expect((plain["container"] as? [String: Any])?["image"] as? String == "a")
      let members = #"""
        "parameters":{"m":"3"},"retryStrategy":{"attempts":1},"timeout":{"attemptDurationSeconds":90},
        "containerOverrides":{"command":["c"]}
        """#
      let other = try await client.post("/v1/submitjob", submitJob(members, jobDefinition: "resize")).jobID
      let job = try await client.job(other)
      #expect(job["parameters"] as? [String: String] == ["n": "1", "m": "3"])
      #expect((job["retryStrategy"] as? [String: Any])?["attempts"] as? Int == 1)
      #expect(job["timeout"] as? [String: Int] == ["attemptDurationSeconds": 90])
      #expect((job["container"] as? [String: Any])?["command"] as? [String] == ["c"])
    }
  }

  @Test("a definition's retries and timeout are those of its jobs when they run")
  func inheritedRetries() async throws {
    try await withRunningBatch { clock, client in
      let name = try await register(client, #","retryStrategy":{"attempts":2}"#, name: "broken")
      #expect(name.json["revision"] as? Int == 3)
      let id = try await client.post("/v1/submitjob", submitJob(jobDefinition: "broken")).jobID
      clock.advance(by: .seconds(60))
      let job = try await client.job(id)
      #expect(job["status"] as? String == "FAILED")
      #expect((job["attempts"] as? [Any])?.count == 2)
    }
  }

  @Test(
    "rejects a definition that it can't run, and says what is wrong",
    arguments: [
      (#"{"type":"container"}"#, "jobDefinitionName is required"),
      (#"{"jobDefinitionName":"a b","type":"container"}"#, "jobDefinitionName should match valid pattern"),
      (#"{"jobDefinitionName":"a","type":"pod"}"#, "type has an invalid value"),
      (#"{"jobDefinitionName":"a","type":"multinode","nodeProperties":{}}"#, "nodeProperties is not emulated"),
      (#"{"jobDefinitionName":"a","type":"container","eksProperties":{}}"#, "eksProperties is not emulated"),
      (#"{"jobDefinitionName":"a","type":"container"}"#, "containerProperties"),
      (#"{"jobDefinitionName":"a","type":"container","containerProperties":{}}"#, "image is required"),
      (
        #"{"jobDefinitionName":"a","type":"container","containerProperties":{"image":"a","vcpus":1}}"#,
        "must have a MEMORY entry"
      ),
      (
        #"{"jobDefinitionName":"a","type":"container","containerProperties":{"image":"a","vcpus":1,"memory":9},"timeout":{"attemptDurationSeconds":1}}"#,
        "at least 60"
      ),
    ])
  func invalid(body: String, message: String) async throws {
    try await withBatch { _, client in
      let response = try await client.post("/v1/registerjobdefinition", body)
      #expect(response.errorType == "ClientException")
      #expect(response.message?.contains(message) == true, "\(response.message ?? "")")
    }
  }

  @Test(
    "a deregistered revision is INACTIVE: it takes no jobs, those that it has go on, and its number isn't used again")
  func deregister() async throws {
    try await withRunningBatch { clock, client in
      _ = try await register(client)
      let id = try await client.post("/v1/submitjob", submitJob(jobDefinition: "resize")).jobID
      let response = try await client.post("/v1/deregisterjobdefinition", #"{"jobDefinition":"resize:1"}"#)
      #expect(response.status == 200)
      #expect(response.json.isEmpty)
      let refused = try await client.post("/v1/submitjob", submitJob(jobDefinition: "resize"))
      #expect(refused.message == "JobDefinition name resize does not exist or is not in ACTIVE status")
      clock.advance(by: .seconds(13))
      #expect(try await client.statuses(id) == ["SUCCEEDED"])
      #expect(try await register(client).json["revision"] as? Int == 2)
      for body in [#"{"jobDefinition":"unknown:1"}"#, #"{"jobDefinition":"resize"}"#, "{}"] {
        #expect(try await client.post("/v1/deregisterjobdefinition", body).errorType == "ClientException")
      }
    }
  }

  @Test("a disabled queue takes no jobs, and those that it has go on")
  func disable() async throws {
    try await withRunningBatch { clock, client in
      let id = try await client.submit().jobID
      let arn = "arn:aws:batch:us-east-1:123456789012:job-queue/sample-queue"
      let body = #"{"jobQueue":"\#(arn)","state":"DISABLED","priority":7}"#
      let response = try await client.post("/v1/updatejobqueue", body)
      #expect(response.json as? [String: String] == ["jobQueueName": "sample-queue", "jobQueueArn": arn])
      #expect(try await client.submit().errorType == "ClientException")
      clock.advance(by: .seconds(13))
      #expect(try await client.statuses(id) == ["SUCCEEDED"])
      let queue = try #require(try await client.post("/v1/describejobqueues", "{}").list("jobQueues").first)
      #expect(queue["state"] as? String == "DISABLED")
      #expect(queue["priority"] as? Int == 7)
      _ = try await client.post("/v1/updatejobqueue", #"{"jobQueue":"sample-queue","state":"ENABLED"}"#)
      #expect(try await client.submit().status == 200)
    }
  }

  @Test(
    "rejects a change to a queue that it can't make",
    arguments: [
      (#"{"jobQueue":"nowhere"}"#, "JobQueue nowhere not found."),
      (#"{"jobQueue":"sample-queue","state":"OPEN"}"#, "state has an invalid value"),
      (#"{"jobQueue":"sample-queue","priority":-1}"#, "priority must be between 0 and 1000000, got -1"),
      (#"{"jobQueue":"sample-queue","computeEnvironmentOrder":[]}"#, "computeEnvironmentOrder is not emulated"),
    ])
  func invalidUpdate(body: String, message: String) async throws {
    try await withBatch { _, client in
      let response = try await client.post("/v1/updatejobqueue", body)
      #expect(response.errorType == "ClientException")
      #expect(response.message?.contains(message) == true, "\(response.message ?? "")")
    }
  }
}
