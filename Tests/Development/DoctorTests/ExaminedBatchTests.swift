import Batch
import HTTPTransport
import JSONTree
import LocalBatch
import Platform
import Testing

@testable import Doctor

@Suite("What the doctor reads from Batch's refusals")
struct ExaminedBatchTests {
  private func batch(_ variables: [String: String] = [:], isDemo: Bool = false) throws -> ExaminedBatch {
    try ExaminedBatch(
      Environment(variables), region: "eu-west-1", credentials: EmbeddedBatch.demoCredentials, isDemo: isDemo,
      again: "swift run apigw-batch doctor --queue q")
  }

  private func refused(_ status: Int, _ code: String, _ message: String) -> BatchInventoryError {
    .refused(
      BatchRefusal(
        HTTPResponse(
          status: status, head: Array("x-amzn-ErrorType: \(code)\r\n".utf8),
          body: Array(#"{"message":"\#(message)"}"#.utf8))))
  }

  private static let invalid = "The security token included in the request is invalid."
  private static let mismatch = "The request signature we calculated does not match the signature you provided."

  @Test(
    "says what is wrong with the keys, and what to type",
    arguments: [
      (
        403, "UnrecognizedClientException", invalid, "the access key, or its session token, is not known",
        "aws configure"
      ),
      (403, "InvalidClientTokenId", invalid, "the access key, or its session token, is not known", "aws configure"),
      (403, "ExpiredTokenException", "The token has expired", "they have expired", "aws sso login"),
      (400, "ExpiredToken", "The token has expired", "they have expired", "aws sso login"),
      (403, "SignatureDoesNotMatch", mismatch, "the secret key is not the access key's", "aws configure"),
      (403, "InvalidSignatureException", mismatch, "the secret key is not the access key's", "aws configure"),
      (
        403, "InvalidSignatureException", "Signature expired: 20261123T082529Z is now earlier than 20261126T",
        "this machine's clock is wrong", "sudo timedatectl set-ntp true"
      ),
      (
        403, "InvalidSignatureException", "Signature not yet current: 20261123T082529Z is still later",
        "this machine's clock is wrong", "sudo timedatectl set-ntp true"
      ),
      (
        403, "InvalidSignatureException", "Credential should be scoped to a valid region, not 'eu-west-1'. ",
        "they sign for eu-west-1, and Batch at https://batch.eu-west-1.amazonaws.com is in another region",
        "aws configure list"
      ),
      (403, "MissingAuthenticationTokenException", "Missing", "they are not accepted", "aws configure"),
      (403, "", "", "they are not accepted", "aws configure"),
    ])
  func keys(status: Int, code: String, message: String, fault: String, command: String) throws {
    let finding = try batch().finding(refused(status, code, message), asking: "DescribeJobQueues")
    #expect(finding.verdict == .fail)
    #expect(finding.text.hasPrefix("credentials: \(fault) (\(status)"))
    #expect(finding.text.contains(message))
    #expect(finding.command == command)
  }

  @Test("has the environment's keys taken away, as they go before all others")
  func environment() throws {
    let unset = "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN"
    for code in ["UnrecognizedClientException", "ExpiredTokenException", "InvalidSignatureException"] {
      let finding = try batch(["AWS_ACCESS_KEY_ID": "a"]).finding(refused(403, code, ""), asking: "DescribeJobQueues")
      #expect(finding.command == unset)
    }
  }

  @Test("tells a permission that is missing from keys that aren't accepted")
  func permission() throws {
    let finding = try batch().finding(
      refused(403, "AccessDeniedException", "User: x is not authorized"), asking: "DescribeJobDefinitions")
    #expect(finding.text.hasPrefix("credentials: they may not call batch:DescribeJobDefinitions"))
    #expect(finding.command == "aws sts get-caller-identity")
  }

  @Test("tells a Batch that is busy or broken from one that refuses, and from what is no Batch")
  func service() throws {
    let batch = try batch(["AWS_ENDPOINT_URL_BATCH": "http://127.0.0.1:5000"])
    let cases: [(BatchInventoryError, start: String, command: String)] = [
      (
        refused(429, "TooManyRequestsException", "Too Many Requests"), "Batch is throttling (429",
        batch.again
      ),
      (refused(500, "ServerException", "x"), "Batch at http://127.0.0.1:5000 failed (500", batch.again),
      (
        refused(400, "ClientException", "x"), "Batch refuses DescribeJobQueues (400 ClientException x)",
        "aws batch describe-job-queues --region eu-west-1"
      ),
      (
        refused(404, "", ""), "Batch at http://127.0.0.1:5000: what answers there is not Batch (404)",
        "unset AWS_ENDPOINT_URL_BATCH"
      ),
      (
        .unreadable("no JSON"), "Batch at http://127.0.0.1:5000: what answers there is not Batch (no JSON)",
        "unset AWS_ENDPOINT_URL_BATCH"
      ),
      (
        .unreachable("http://127.0.0.1:5000: can't connect"), "Batch at http://127.0.0.1:5000: can't connect",
        "unset AWS_ENDPOINT_URL_BATCH"
      ),
      (
        .unreachable("no answer within 5 s"), "Batch at http://127.0.0.1:5000: no answer within 5 s",
        "unset AWS_ENDPOINT_URL_BATCH"
      ),
    ]
    for (error, start, command) in cases {
      let finding = batch.finding(error, asking: "DescribeJobQueues")
      #expect(finding.verdict == .fail)
      #expect(finding.text.hasPrefix(start), "\(finding)")
      #expect(finding.command == command, "\(finding)")
    }
  }

  @Test("names what leads to Batch: AWS itself, a variable, or an option")
  func places() throws {
    let own = try batch()
    #expect(own.remedy == "curl -I https://batch.eu-west-1.amazonaws.com")
    #expect(own.aws("batch list-jobs") == "aws batch list-jobs --region eu-west-1")
    #expect(try batch(["AWS_ENDPOINT_URL": "http://127.0.0.1:1"]).remedy == "unset AWS_ENDPOINT_URL")
    let demo = try batch(["AWS_ENDPOINT_URL_BATCH": "http://127.0.0.1:8000"], isDemo: true)
    #expect(demo.remedy == "swift run apigw-batch batch --port 8000")
    #expect(
      demo.aws("batch list-jobs") == "aws batch list-jobs --region eu-west-1 --endpoint-url http://127.0.0.1:8000")
  }
}
