import Batch
import Platform
import ProxyEvents
import Testing

@testable import JobAPI

@Suite("Whose job it is")
struct OwnershipTests {
  @Test("is not recorded by default, and everyone sees every job")
  func byDefault() throws {
    let ownership = try Ownership(environment: Environment([:]))
    #expect(ownership.tag(for: try request("p"))?.key == nil)
    #expect(try ownership.owner(try request(nil))?.key == nil)
    #expect(ownership.warning == nil)
  }

  @Test("is on a job's tag, which doesn't restrict who sees it")
  func tagged() throws {
    let ownership = try Ownership(environment: Environment(["SUBMITTER_TAG": "by", "JOBS_SEEN_BY": "everyone"]))
    let tag = try #require(ownership.tag(for: try request("ann")))
    #expect(tag.key == "by" && tag.value == "principal ann")
    let unknown = try #require(ownership.tag(for: try request(nil)))
    #expect(unknown.value == nil)
    #expect(try ownership.owner(try request(nil))?.key == nil)
  }

  @Test("decides who sees it with JOBS_SEEN_BY=submitter, which needs to know the caller")
  func restricted() throws {
    let ownership = try Ownership(environment: Environment(["SUBMITTER_TAG": "by", "JOBS_SEEN_BY": "submitter"]))
    #expect(try ownership.owner(try request("ann"))?.value == "principal ann")
    #expect(ownership.warning?.contains("JOBS_SEEN_BY") == true)
    let error = try #require(throws: Failure.self) { try ownership.owner(try request(nil)) }
    guard case .policy(.unknownCaller) = error else {
      Issue.record("\(error)")
      return
    }
  }

  @Test(
    "needs variables with usable values",
    arguments: [
      (["JOBS_SEEN_BY": "nobody"], "JOBS_SEEN_BY"), (["JOBS_SEEN_BY": "submitter"], "SUBMITTER_TAG"),
      (["SUBMITTER_TAG": "aws:by"], "SUBMITTER_TAG"), (["SUBMITTER_TAG": "AWS:by"], "SUBMITTER_TAG"),
      (["SUBMITTER_TAG": "apigw-batch:by"], "SUBMITTER_TAG"), (["SUBMITTER_TAG": "a*"], "SUBMITTER_TAG"),
      (["SUBMITTER_TAG": "é"], "SUBMITTER_TAG"), (["SUBMITTER_TAG": " by"], "SUBMITTER_TAG"),
      (["SUBMITTER_TAG": "by "], "SUBMITTER_TAG"),
      (["SUBMITTER_TAG": String(repeating: "a", count: 129)], "SUBMITTER_TAG"),
    ])
  func mistakes(variables: [String: String], variable: String) {
    let error = #expect(throws: EnvironmentError.self) { try Ownership(environment: Environment(variables)) }
    #expect(error?.variable == variable)
  }

  @Test(
    "is written as the identity where a tag can hold it",
    arguments: [
      ("subject 4f", "subject 4f"), ("arn arn:aws:iam::1:user/team/ann", "arn:aws:iam::1:user/team/ann"),
      ("issuer https://i/x_1 subject a.b@c+d=e", "issuer https://i/x_1 subject a.b@c+d=e"), ("api key k", "api key k"),
      ("principal auth0|5f", "b64:cHJpbmNpcGFsIGF1dGgwfDVm"), ("principal é", "b64:cHJpbmNpcGFsIMOp"),
      ("principal ann ", "b64:cHJpbmNpcGFsIGFubiA"), ("b64:x", "b64:YjY0Ong"), ("sha256:x", "b64:c2hhMjU2Ong"),
      ("principal \u{212A}", "b64:cHJpbmNpcGFsIOKEqg"), ("arn b64:x", "arn b64:x"),
    ])
  func value(caller: String, value: String) {
    #expect(Principal.tagValue(caller) == value)
  }

  @Test("is written in 256 characters at most, and never as someone else's")
  func lengths() {
    let names = (200...300).flatMap { count in
      [
        String(repeating: "a", count: count), String(repeating: "é", count: count),
        String(repeating: "|", count: count),
      ]
    }
    let values = (names + names.map { Principal.tagValue("principal \($0)") }).map {
      Principal.tagValue("principal \($0)")
    }
    #expect(Set(values).count == values.count)
    #expect(values.allSatisfy { $0.utf8.count <= 256 })
    #expect(values.contains { $0.hasPrefix("sha256:") })
    #expect(Principal.tagValue("principal " + String(repeating: "a", count: 246)).hasPrefix("principal "))
  }

  private func request(_ principal: String?) throws -> ProxyRequest {
    let authorizer = principal.map { #"{"principalId":"\#($0)"}"# } ?? "null"
    let event =
      #"{"resource":"/","path":"/queues/q/jobs","httpMethod":"GET","requestContext":{"authorizer":\#(authorizer)}}"#
    return try ProxyRequest(event: Array(event.utf8))
  }
}
