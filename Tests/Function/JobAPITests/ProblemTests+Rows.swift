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

/// The failures that a caller can see, row by row.
extension ProblemTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var cause: String
    /// Nil if what should fail did not.
    var failure: Failure?
    var status: Int
    var submitted = "no"
    /// A text that the detail contains.
    var detail: String

    var testDescription: String { cause }
  }

  static let message = "Job queue x does not exist. User arn:aws:iam::111122223333:role/private is known."
  static let lost = TransportError(requestWasSent: true, cause: .interrupted, message: "libcurl's words")
  static let refusedConnection = TransportError(
    requestWasSent: false, cause: .notConnected, message: "libcurl's words")

  static func refused(_ status: Int, _ code: String, retryAfter: Int? = nil) -> Failure {
    .batch(.refused(ServiceRefusal(status: status, code: code, message: message, retryAfter: retryAfter), attempts: 3))
  }

  static let id = "8c1f0a2e-6f0b-4c55-9a3e-1d2c3b4a5f60"

  static func query(_ cause: BatchQueryError.Cause) -> Failure {
    .query(BatchQueryError(operation: .listJobs, cause: cause))
  }

  static func queryRefused(_ status: Int, _ code: String) -> Failure {
    query(.refused(ServiceRefusal(status: status, code: code, message: message, retryAfter: nil)))
  }

  static func json(_ text: String) -> JSONError? {
    do throws(JSONError) {
      _ = try JSONValue(parsing: Array(text.utf8)).object()
      return nil
    } catch {
      return error
    }
  }

  static func event(_ text: String) -> Failure? {
    do throws(Failure) {
      let request = try failing(Failure.event) { () throws(ProxyRequestError) in
        try ProxyRequest(event: Array(text.utf8))
      }
      _ = try Route(request)
      try failing(Failure.mediaType) { () throws(MediaTypeError) in try MediaType.check(request) }
      return nil
    } catch {
      return error
    }
  }

  static let rows: [Row] =
    [
      Row(cause: "an event that is not JSON", failure: event("{"), status: 400, detail: "byte 1"),
      Row(cause: "an event of another service", failure: event("{}"), status: 400, detail: "httpMethod"),
      Row(
        cause: "bad Base64", failure: event(#"{"httpMethod":"POST","path":"/","body":"?","isBase64Encoded":true}"#),
        status: 400, detail: "Base64"),
      Row(
        cause: "a body that is not a string", failure: event(#"{"httpMethod":"POST","path":"/","body":{}}"#),
        status: 400,
        detail: "expected a string"),
      Row(cause: "a bad percent-escape", failure: event(Events.rest(queue: "%zz")), status: 400, detail: "%zz"),
      Row(cause: "a bad queue name", failure: event(Events.rest(queue: "a%20b")), status: 400, detail: "\"a b\""),
      Row(
        cause: "a bad definition name", failure: event(Events.rest(definition: "d:0")), status: 400, detail: "\"d:0\""),
      Row(
        cause: "no such route", failure: event(Events.functionURL(path: "/favicon.ico")), status: 404,
        detail: "/jobs/{jobQueue}/{jobDefinition}"),
      Row(
        cause: "another method", failure: event(Events.functionURL(path: "/jobs/q/d", method: "GET")), status: 405,
        detail: "POST"),
      Row(
        cause: "another content type", failure: event(Events.rest(body: "x", contentType: "text/plain")), status: 415,
        detail: "text/plain"),
      Row(
        cause: "a duplicate member", failure: .job(.duplicateMember("tags")), status: 400,
        detail: "\"tags\""),
      Row(
        cause: "a queue in the body", failure: .job(.memberOfPath("jobQueue")), status: 400,
        detail: "\"jobQueue\""),
      Row(cause: "a bad job name", failure: .job(.badJobName), status: 400, detail: "jobName"),
      Row(
        cause: "a job that is too large", failure: .job(.tooLarge(bytes: 30_721)), status: 413,
        detail: "30721"),
      Row(cause: "a queue that the policy refuses", failure: .policy(.jobQueue("q1")), status: 403, detail: "\"q1\""),
      Row(
        cause: "a definition that the policy refuses", failure: .policy(.jobDefinition("d1")), status: 403,
        detail: "\"d1\""),
      Row(cause: "a member that the policy refuses", failure: .policy(.member("m1")), status: 403, detail: "\"m1\""),
      Row(
        cause: "a member that SubmitJob does not have", failure: .policy(.unknownMember("jobname")), status: 400,
        detail: "\"jobName\""),
      Row(
        cause: "Batch's 400", failure: refused(400, "ClientException"), status: 400,
        detail: "Job queue x does not exist"),
      Row(
        cause: "Batch's 403 AccessDenied", failure: refused(403, "AccessDeniedException"), status: 403,
        detail: "Job queue x does not exist"),
      Row(cause: "a throttle", failure: refused(429, "TooManyRequestsException"), status: 429, detail: "3 attempts"),
      Row(
        cause: "a throttle with status 400", failure: refused(400, "ThrottlingException"), status: 429,
        detail: "3 attempts"),
      Row(cause: "another 403", failure: refused(403, "InvalidSignatureException"), status: 502, detail: "credentials"),
      Row(cause: "a 403 without a code", failure: refused(403, ""), status: 502, detail: "credentials"),
      Row(
        cause: "a 400 for credentials", failure: refused(400, "ExpiredTokenException"), status: 502,
        detail: "credentials"
      ),
      Row(
        cause: "a 401 for credentials", failure: refused(401, "UnrecognizedClientException"), status: 502,
        detail: "credentials"),
      Row(
        cause: "a 200 that is not its JSON", failure: .batch(.unreadableResponse), status: 502, submitted: "unknown",
        detail: "aws batch list-jobs"),
      Row(
        cause: "no connection", failure: .batch(.notSent(refusedConnection, attempts: 3)), status: 503,
        detail: "Nothing was submitted"),
      Row(
        cause: "no credentials", failure: .batch(.noCredentials(CredentialsError("no role"))), status: 503,
        detail: "Nothing was submitted"),
      Row(cause: "a bad job id", failure: .route(.badJobID("7")), status: 400, detail: "\"7\""),
      Row(
        cause: "an unknown parameter", failure: .parameter(.unknown("state", ["status"])), status: 400,
        detail: "\"state\""),
      Row(cause: "a repeated parameter", failure: .parameter(.repeated("limit")), status: 400, detail: "limit"),
      Row(
        cause: "a parameter's bad value", failure: .parameter(.invalid("limit", "0", "a number")), status: 400,
        detail: "\"0\""),
      Row(
        cause: "an operation that the policy refuses", failure: .policy(.operation(.cancel)), status: 403,
        detail: "\"cancel\""),
      Row(cause: "a caller without a name", failure: .policy(.unknownCaller), status: 403, detail: "JOBS_SEEN_BY"),
      Row(cause: "the submitter's tag", failure: .job(.submitterTag("by")), status: 400, detail: "\"by\""),
      Row(
        cause: "a job that isn't there", failure: JobID(id).map { .noSuchJob($0) }, status: 404,
        detail: "Batch forgets a job"),
      Row(
        cause: "a list without a connection", failure: query(.service(.noResponse(refusedConnection))), status: 503,
        detail: "not asked"),
      Row(
        cause: "a list without credentials", failure: query(.service(.noCredentials(CredentialsError("no role")))),
        status: 503, detail: "not asked"),
      Row(
        cause: "a list without a response", failure: query(.service(.noResponse(lost))), status: 504,
        detail: "did not respond to ListJobs"),
      Row(
        cause: "a list that is not Batch's", failure: query(.unexpectedResponse("libcurl's words")), status: 502,
        detail: "unexpected response to ListJobs"),
      Row(
        cause: "a list of an unknown queue", failure: queryRefused(400, "ClientException"), status: 400,
        detail: "Job queue x does not exist"),
      Row(
        cause: "a list that the role may not read", failure: queryRefused(403, "AccessDeniedException"), status: 403,
        detail: "batch:ListJobs"),
      Row(
        cause: "a list that is throttled", failure: queryRefused(429, "TooManyRequestsException"), status: 429,
        detail: "after 1 s"),
      Row(
        cause: "a list with another 403", failure: queryRefused(403, "InvalidSignatureException"), status: 502,
        detail: "credentials"),
      Row(
        cause: "a list that fails", failure: queryRefused(500, "ServerException"), status: 502, detail: "status 500"),
      Row(cause: "a malformed key", failure: .key(.malformed), status: 400, detail: "1 to 255"),
      Row(cause: "several keys", failure: .key(.several), status: 400, detail: "Send one"),
      Row(cause: "a key without a table", failure: .key(.unavailable), status: 400, detail: "IDEMPOTENCY_TABLE"),
      Row(cause: "no key where one is required", failure: .key(.missing), status: 400, detail: "UUID"),
      Row(cause: "a reserved tag", failure: .job(.reservedTag("apigw-batch:x")), status: 400, detail: "apigw-batch:x"),
      Row(cause: "tags that are not an object", failure: .job(.badTags), status: 400, detail: "tags"),
      Row(cause: "too many tags", failure: .job(.tooManyTags(own: 1)), status: 400, detail: "at most 49"),
      Row(cause: "a key of another request", failure: .idempotency(.reused), status: 422, detail: "new key"),
      Row(
        cause: "a key in progress", failure: .idempotency(.inProgress(retryAfter: 7)), status: 409,
        submitted: "unknown", detail: "after 7 s"),
      Row(
        cause: "an unusable table", failure: .idempotency(.unchecked("libcurl's words")), status: 503,
        detail: "submitted nothing"),
      Row(
        cause: "a key whose job can't be looked for", failure: .idempotency(.undecided("libcurl's words")), status: 503,
        submitted: "unknown", detail: "an earlier one"),
      Row(
        cause: "no complete response, with a key", failure: .idempotency(.batch(.outcomeUnknown(lost), note: nil)),
        status: 504, submitted: "unknown", detail: "same Idempotency-Key again"),
      Row(
        cause: "no connection, with a key",
        failure: .idempotency(.batch(.notSent(refusedConnection, attempts: 3), note: nil)), status: 503,
        detail: "Nothing was submitted"),
      Row(
        cause: "no complete response", failure: .batch(.outcomeUnknown(lost)), status: 504, submitted: "unknown",
        detail: "aws batch list-jobs"),
    ]
    + [201, 301, 401, 404, 409, 413, 500, 502, 503, 504].map {
      Row(
        cause: "Batch's \($0)", failure: refused($0, "ServerException"), status: 502, submitted: "unknown",
        detail: "aws batch list-jobs")
    }
    + [
      json("{\"a\":1,}").map {
        Row(cause: "a body that is not JSON", failure: .job(.notJSON($0)), status: 400, detail: "byte 7")
      },
      json("[]").map {
        Row(
          cause: "a body that is not an object", failure: .job(.notJSON($0)), status: 400,
          detail: "expected an object")
      },
    ].compactMap { $0 }
}
