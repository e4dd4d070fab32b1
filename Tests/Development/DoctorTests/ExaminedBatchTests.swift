import AWSService
import Batch
import HTTPTransport
import JSONTree
import LocalBatch
import Platform
import Testing
import Workstation

@testable import Doctor

@Suite("The doctor's findings about errors from Batch")
struct ExaminedBatchTests {
  private func batch(_ variables: [String: String] = [:], isDemo: Bool = false) throws -> ExaminedBatch {
    try ExaminedBatch(
      Environment(variables), region: "eu-west-1", credentials: EmbeddedBatch.demoCredentials, isDemo: isDemo,
      again: "swift run apigw-batch doctor --queue q")
  }

  private func refused(_ status: Int, _ code: String, _ message: String) -> BatchInventoryError {
    .refused(
      ServiceRefusal(
        HTTPResponse(
          status: status, head: Array("x-amzn-ErrorType: \(code)\r\n".utf8),
          body: Array(#"{"message":"\#(message)"}"#.utf8))))
  }

  private static let invalid = "The security token included in the request is invalid."
  private static let mismatch = "The request signature we calculated does not match the signature you provided."

  @Test(
    "say what is wrong with the keys, and which command to run",
    arguments: [
      (
        403, "UnrecognizedClientException", invalid, "the access key or its session token is unknown",
        "aws configure"
      ),
      (403, "InvalidClientTokenId", invalid, "the access key or its session token is unknown", "aws configure"),
      (403, "ExpiredTokenException", "The token has expired", "expired", "aws sso login"),
      (400, "ExpiredToken", "The token has expired", "expired", "aws sso login"),
      (403, "SignatureDoesNotMatch", mismatch, "the secret key doesn't belong to the access key", "aws configure"),
      (403, "InvalidSignatureException", mismatch, "the secret key doesn't belong to the access key", "aws configure"),
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
        "requests are signed for eu-west-1, but Batch at https://batch.eu-west-1.amazonaws.com is in another region",
        "aws configure list"
      ),
      (403, "MissingAuthenticationTokenException", "Missing", "rejected", "aws configure"),
      (403, "", "", "rejected", "aws configure"),
    ])
  func keys(status: Int, code: String, message: String, fault: String, command: String) throws {
    let finding = try batch().finding(refused(status, code, message), asking: "DescribeJobQueues")
    #expect(finding.verdict == .fail)
    #expect(finding.text.hasPrefix("credentials: \(fault) (\(status)"))
    #expect(finding.text.contains(message))
    #expect(finding.command == command)
  }

  @Test("ask to unset the environment's keys, which take precedence over all others")
  func environment() throws {
    let unset = "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN"
    for code in ["UnrecognizedClientException", "ExpiredTokenException", "InvalidSignatureException"] {
      let finding = try batch(["AWS_ACCESS_KEY_ID": "a"]).finding(refused(403, code, ""), asking: "DescribeJobQueues")
      #expect(finding.command == unset)
    }
  }

  @Test("distinguish a missing permission from rejected keys")
  func permission() throws {
    let finding = try batch().finding(
      refused(403, "AccessDeniedException", "User: x is not authorized"), asking: "DescribeJobDefinitions")
    #expect(finding.text.hasPrefix("credentials: not allowed to call batch:DescribeJobDefinitions"))
    #expect(finding.command == "aws sts get-caller-identity")
  }

  @Test("distinguish a Batch that is busy or broken, one that rejects a request, and a server that isn't Batch")
  func service() throws {
    let batch = try batch(["AWS_ENDPOINT_URL_BATCH": "http://127.0.0.1:5000"])
    let cases: [(BatchInventoryError, start: String, command: String)] = [
      (
        refused(429, "TooManyRequestsException", "Too Many Requests"), "Batch is throttling (429",
        batch.again
      ),
      (refused(500, "ServerException", "x"), "Batch at http://127.0.0.1:5000 failed (500", batch.again),
      (
        refused(400, "ClientException", "x"), "Batch rejects DescribeJobQueues (400 ClientException x)",
        "aws batch describe-job-queues --region eu-west-1"
      ),
      (
        refused(404, "", ""), "Batch at http://127.0.0.1:5000: the server there is not Batch (404)",
        "unset AWS_ENDPOINT_URL_BATCH"
      ),
      (
        .unreadable("no JSON"), "Batch at http://127.0.0.1:5000: the server there is not Batch (no JSON)",
        "unset AWS_ENDPOINT_URL_BATCH"
      ),
      (
        .unreachable("http://127.0.0.1:5000: can't connect"), "Batch at http://127.0.0.1:5000: can't connect",
        "unset AWS_ENDPOINT_URL_BATCH"
      ),
      (
        .unreachable("no response within 5 s"), "Batch at http://127.0.0.1:5000: no response within 5 s",
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

  @Test("name what leads to Batch: AWS itself, a variable or an option")
  func places() throws {
    let own = try batch()
    #expect(own.remedy == "curl -I https://batch.eu-west-1.amazonaws.com")
    #expect(own.aws("batch list-jobs") == "aws batch list-jobs --region eu-west-1")
    #expect(try batch(["AWS_ENDPOINT_URL": "http://127.0.0.1:1"]).remedy == "unset AWS_ENDPOINT_URL")
    let demo = try batch(["AWS_ENDPOINT_URL_BATCH": "http://127.0.0.1:8000"], isDemo: true)
    #expect(demo.remedy == "\(CommandName.invocation) batch --port 8000")
    #expect(
      demo.aws("batch list-jobs") == "aws batch list-jobs --region eu-west-1 --endpoint-url http://127.0.0.1:8000")
  }
}
