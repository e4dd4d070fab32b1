import LocalBatch
import Testing

@Suite("Tags of jobs, queues and definitions")
struct TagTests {
  private static let account = "arn:aws:batch:us-east-1:123456789012"

  private func path(_ arn: String) -> String {
    "/v1/tags/\(arn.replacing(":", with: "%3A").replacing("/", with: "%2F"))"
  }

  private func tags(_ client: SignedClient, _ arn: String) async throws -> [String: String]? {
    try await client.send(method: "GET", path: path(arn), body: []).json["tags"] as? [String: String]
  }

  @Test("a resource's tags can be listed, added, replaced and removed")
  func change() async throws {
    try await withBatch { _, client in
      let job = try await client.submit(#""tags":{"team":"a"}"#).jobID
      for (arn, before) in [
        ("\(Self.account):job/\(job)", ["team": "a"]), ("\(Self.account):job-queue/sample-queue", [:]),
        ("\(Self.account):job-definition/sample-job:2", [:]),
      ] {
        #expect(try await tags(client, arn) == before)
        let added = try await client.post(path(arn), #"{"tags":{"team":"b","n":"1","m":"é"}}"#)
        #expect(added.status == 200)
        #expect(added.json.isEmpty)
        #expect(try await tags(client, arn) == ["team": "b", "n": "1", "m": "é"])
        let removed = try await client.send(
          method: "DELETE", path: path(arn), query: "tagKeys=n&tagKeys=%6D&tagKeys=unknown", body: [])
        #expect(removed.status == 200)
        #expect(try await tags(client, arn) == ["team": "b"])
      }
      #expect(try await client.job(job)["tags"] as? [String: String] == ["team": "b"])
      let queues = try await client.post("/v1/describejobqueues", "{}").list("jobQueues")
      #expect(queues.first?["tags"] as? [String: String] == ["team": "b"])
    }
  }

  @Test("an unknown resource, a child of an array and tags outside the limits are rejected")
  func invalid() async throws {
    try await withBatch { _, client in
      let array = try await client.submit(#""arrayProperties":{"size":2}"#).jobID
      for arn in [
        "\(Self.account):job/unknown", "\(Self.account):job/\(array):0", "\(Self.account):job-queue/nowhere",
        "\(Self.account):job-definition/sample-job", "\(Self.account):scheduling-policy/x", "sample-queue",
        "arn:aws:batch:us-east-2:123456789012:job-queue/sample-queue",
      ] {
        #expect(try await client.send(method: "GET", path: path(arn), body: []).errorType == "ClientException")
      }
      let queue = path("\(Self.account):job-queue/sample-queue")
      let many = (1...50).map { #""k\#($0)":"v""# }.joined(separator: ",")
      for body in ["{}", #"{"tags":{}}"#, #"{"tags":{"aws:x":"y"}}"#] {
        #expect(try await client.post(queue, body).errorType == "ClientException")
      }
      #expect(try await client.post(queue, #"{"tags":{\#(many)}}"#).status == 200)
      #expect(try await client.post(queue, #"{"tags":{"one":"more"}}"#).errorType == "ClientException")
      #expect(try await client.send(method: "DELETE", path: queue, body: []).errorType == "ClientException")
    }
  }
}
