import TestSupport
import Testing

@Suite("A failure")
struct BatchFailureTests {
  @Test(
    "that is a ClientException is a 400 with Batch's message, wherever Batch puts the code",
    arguments: [
      ScriptedServer.Response.error(400, "ClientException", "Job queue reports does not exist"),
      .error(400, "ClientException:http://internal.amazon.com/", "Job queue reports does not exist"),
      .init(400, #"{"__type":"ClientException","message":"Job queue reports does not exist"}"#),
      .init(400, #"{"__type":"com.amazonaws.batch#ClientException","Message":"Job queue reports does not exist"}"#),
      .init(400, #"{"code":"ClientException","message":"Job queue \u0072eports does not exist"}"#),
    ])
  func clientException(response: ScriptedServer.Response) async throws {
    let run = try await invoke(.rest(), batch: .answering(.answer(response)))
    expectProblem(run.response, 400)
    #expect(run.problem.detail.contains("Job queue reports does not exist"))
    #expect(run.batch.requests.count == 1)
  }

  @Test(
    "does not reveal the function's identity: IAM and STS ARNs are redacted",
    arguments: [
      "arn:aws:sts::123456789012:assumed-role/submit-job-role/submit-job",
      "arn:aws:iam::123456789012:role/submit-job-role",
      "arn:aws-us-gov:iam::123456789012:user/path/submit-job-role",
      "arn:aws-cn:sts::123456789012:federated-user/submit-job",
    ])
  func redaction(arn: String) async throws {
    let message = "User: \(arn) is not authorized, says \(arn)."
    let run = try await invoke(.rest(), batch: .answering(.error(400, "ClientException", message)))
    expectProblem(run.response, 400)
    #expect(run.problem.detail.contains("is not authorized"))
    #expect(!run.response.body.contains("123456789012") && !run.response.body.contains("submit-job"))
  }

  @Test(
    "of the role's permissions is a 403 that names the queue and the definition",
    arguments: ["AccessDeniedException", "AccessDenied"])
  func accessDenied(code: String) async throws {
    let message = "User: arn:aws:sts::123456789012:assumed-role/r/s is not authorized to perform: batch:SubmitJob"
    let run = try await invoke(.rest(), batch: .answering(.error(403, code, message)))
    expectProblem(run.response, 403)
    #expect(run.problem.detail.contains("reports") && run.problem.detail.contains("render:3"))
    #expect(!run.response.body.contains("assumed-role"))
    #expect(run.batch.requests.count == 1)
  }

  @Test(
    "of the function's own credentials is a 502 and is never retried",
    arguments: [
      (403, "InvalidSignatureException"), (403, "SignatureDoesNotMatch"), (403, "ExpiredTokenException"),
      (403, "UnrecognizedClientException"), (403, "MissingAuthenticationTokenException"), (403, "ForbiddenException"),
      (400, "UnrecognizedClientException"), (400, "ExpiredTokenException"), (400, "InvalidSignatureException"),
      (400, "IncompleteSignatureException"), (401, "UnrecognizedClientException"), (401, "InvalidClientTokenId"),
    ])
  func ownFault(status: Int, code: String) async throws {
    let run = try await invoke(.rest(), batch: .answering(.error(status, code, "The security token is invalid.")))
    expectProblem(run.response, 502)
    #expect(run.batch.requests.count == 1)
  }

  @Test(
    "that leaves open whether Batch has the job is a 502 that says so and is never retried",
    arguments: [
      ScriptedServer.Response.error(500, "ServerException", "Internal"), .error(503, "ServiceUnavailable"),
      .error(503, "SlowDown"), .error(500, "TooManyRequestsException"),
      .init(502, headers: [("Content-Type", "text/html")], "<html>Bad gateway</html>"), .init(504),
      .init(301, headers: [("Location", "http://127.0.0.1:1/v1/submitjob")]), .init(404, "{}"), .init(418, "{}"),
      .init(204),
      .init(200, headers: [("Content-Type", "text/html")], "<html>Sign in</html>"), .init(200, ""), .init(200, "[]"),
      .init(200, #"{"jobId":"1","#), .init(200, "{}"), .init(200, [0x7b, 0xff, 0x7d]), .init(401, "{}"),
    ])
  func unknown(response: ScriptedServer.Response) async throws {
    let run = try await invoke(.rest(), batch: .answering(.answer(response)))
    expectProblem(run.response, 502, submitted: "unknown")
    #expect(run.batch.requests.count == 1)
  }

  @Test("stays valid JSON and one line of the log, whatever Batch's message contains")
  func oddMessages() async throws {
    let message = "a\nb\r\u{0}\u{2028}\"\\{}<é😀>"
    let run = try await invoke(.rest(), batch: .answering(.error(400, "ClientException", message)))
    expectProblem(run.response, 400)
    #expect(run.problem.detail.contains(message))
    #expect(run.log.count == 1 && run.log.first?["level"] != nil)
  }

  @Test(
    "is reported even if Batch's error is malformed or incomplete",
    arguments: ["", "{}", #"{"message":null}"#, #"{"message":7}"#, "<html>", "[]"])
  func oddErrors(body: String) async throws {
    for status in [400, 403, 429, 500] {
      let run = try await invoke(
        .rest(), environment: ["AWS_MAX_ATTEMPTS": "1"], batch: .answering(.answer(.init(status, body))))
      expectProblem(
        run.response, [400: 400, 403: 502, 429: 429, 500: 502][status] ?? 0, submitted: status == 500 ? "unknown" : "no"
      )
      #expect(!run.problem.detail.hasSuffix(" "), "\(run.problem.detail)")
    }
  }

  @Test(
    "due to too many requests passes on Batch's Retry-After if it is reasonable",
    arguments: [("7", "7"), ("-5", "1"), ("soon", "1")])
  func retryAfter(given: String, passed: String) async throws {
    let throttle = ScriptedServer.Response(429, headers: [("Retry-After", given)], "")
    let run = try await invoke(.rest(), environment: ["AWS_MAX_ATTEMPTS": "1"], batch: .answering(.answer(throttle)))
    expectProblem(run.response, 429)
    #expect(run.response.header("Retry-After") == passed)
  }

  @Test(
    "due to too many requests is a 429 with Retry-After, after three attempts",
    arguments: [
      ScriptedServer.Reply.throttle, .error(400, "ThrottlingException", "Rate exceeded"),
      .error(429, "LimitExceededException"),
      .answer(.init(429, headers: [("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT")], "")),
    ])
  func throttled(reply: ScriptedServer.Reply) async throws {
    let run = try await invoke(.rest(), batch: .answering(reply))
    expectProblem(run.response, 429)
    #expect(Int(run.response.header("Retry-After") ?? "") ?? 0 > 0)
    #expect(run.batch.requests.count == 3)
  }

  @Test("due to too many requests takes as many attempts as AWS_MAX_ATTEMPTS says", arguments: [1, 2, 4])
  func attempts(count: Int) async throws {
    let run = try await invoke(
      .rest(), environment: ["AWS_MAX_ATTEMPTS": "\(count)"], batch: .answering(.throttle))
    expectProblem(run.response, 429)
    #expect(run.batch.requests.count == count)
  }
}
