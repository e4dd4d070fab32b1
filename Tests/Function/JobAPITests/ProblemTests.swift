import Batch
import ProxyEvents
import Foundation
import HTTPTransport
import Idempotency
import RawJSON
import Testing

@testable import AWSService
@testable import Batch
@testable import Credentials
@testable import JobAPI

@Suite("A problem")
struct ProblemTests {
  @Test("has its cause's status, and says whether a job may exist and what is wrong", arguments: rows)
  func table(row: Row) throws {
    let problem = Problem(try #require(row.failure), job: try job())
    #expect(problem.status == row.status)
    #expect(problem.submitted.rawValue == row.submitted)
    #expect(problem.detail.contains(row.detail))
    #expect(!problem.detail.contains("111122223333"))
    #expect(!problem.detail.contains("libcurl's words"))
    #expect(!problem.detail.contains("\n"))
  }

  @Test("is sent as RFC 9457 problem details, with the request id", arguments: rows)
  func response(row: Row) throws {
    let response = Problem(try #require(row.failure), job: try job()).response(requestID: "8e6f")
    #expect(response.status == row.status)
    #expect(response.headers.first { $0.name == "Content-Type" }?.value == "application/problem+json")
    let members = try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any])
    #expect(members["status"] as? Int == row.status)
    #expect(members["submitted"] as? String == row.submitted)
    #expect(members["requestId"] as? String == "8e6f")
    #expect((members["title"] as? String)?.isEmpty == false)
    #expect((members["detail"] as? String)?.contains(row.detail) == true)
    #expect((members["type"] as? String)?.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil)
    #expect(members["jobName"] as? String == (row.submitted == "unknown" ? "mine" : nil))
    let known: Set = ["type", "title", "status", "detail", "submitted", "requestId", "jobName"]
    #expect(known.isSuperset(of: members.keys))
  }

  @Test("has a row in this table for each kind")
  func kinds() throws {
    let kinds = try Self.rows.map { Problem(try #require($0.failure), job: try job()).kind }
    #expect(Set(kinds) == Set(Problem.Kind.allCases))
  }

  @Test("lists the allowed methods if it is a 405")
  func allow() throws {
    for (resource, methods) in [(Resource.definition, "POST"), (.jobs, "GET"), (.job, "GET, DELETE")] {
      let response = Problem(.route(.methodNotAllowed("PUT", resource)), job: nil).response(requestID: "1")
      #expect(response.headers.first { $0.name == "Allow" }?.value == methods)
    }
  }

  @Test("says when to retry if it is a 429", arguments: [(7, "7"), (nil, "1")] as [(Int?, String)])
  func retryAfter(seconds: Int?, header: String) throws {
    let problem = Problem(Self.refused(429, "", retryAfter: seconds), job: try job())
    #expect(problem.response(requestID: "1").headers.first { $0.name == "Retry-After" }?.value == header)
    #expect(problem.detail.contains("\(header) s"))
  }

  @Test("says when to retry if it is a 409")
  func retryInProgress() throws {
    let response = Problem(.idempotency(.inProgress(retryAfter: 7)), job: nil).response(requestID: "1")
    #expect(response.headers.first { $0.name == "Retry-After" }?.value == "7")
  }

  @Test("says which job to look for, and how, if there may be one")
  func lookup() throws {
    let problem = Problem(.batch(.outcomeUnknown(Self.lost)), job: try job())
    #expect(problem.type == "outcome-unknown")
    #expect(problem.jobName == "mine")
    #expect(problem.detail.hasSuffix("aws batch list-jobs --job-queue reports --filters name=JOB_NAME,values=mine"))
  }

  @Test("tells the log the cause, which the caller does not see")
  func cause() throws {
    let job = try job()
    #expect(Problem(.batch(.outcomeUnknown(Self.lost)), job: job).cause.contains("libcurl's words"))
    #expect(
      Problem(.batch(.notSent(Self.refusedConnection, attempts: 2)), job: job).cause.contains("libcurl's words"))
    #expect(Problem(.batch(.noCredentials(CredentialsError("no role"))), job: job).cause.contains("no role"))
    for name in ["reports", "containerOverrides"] {
      for failure: Failure in [
        .policy(.jobQueue(name)), .policy(.jobDefinition(name)), .policy(.member(name)),
        .policy(.unknownMember(name)), .job(.duplicateMember(name)),
        .job(.memberOfPath(name)),
      ] { #expect(Problem(failure, job: job).cause.contains("\"\(name)\"")) }
    }
    for status in [400, 403, 429, 500] {
      let cause = Problem(Self.refused(status, "SomeCode"), job: job).cause
      #expect(cause.contains("\(status) SomeCode"))
      #expect(!cause.contains(Self.message), "a message may quote the body or what was signed")
    }
    let denied = Problem(Self.refused(403, "AccessDeniedException"), job: job).cause
    #expect(denied.contains(Self.message))
  }

  private func job() throws -> SubmitJobRequest {
    try SubmitJobRequest(
      jobQueue: try #require(JobQueueName("reports")), jobDefinition: try #require(JobDefinitionName("render")),
      members: Array(#"{"jobName":"mine"}"#.utf8), id: "1")
  }
}
