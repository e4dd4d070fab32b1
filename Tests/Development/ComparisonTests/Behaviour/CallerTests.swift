import DevelopmentTestSupport
import LocalBatch
import LocalServer
import SigV4
import TestSupport
import Testing

@testable import Comparison

@Suite("A caller of a variant")
struct CallerTests {
  @Test("signs for execute-api if it has credentials")
  func signing() async throws {
    let responder = TextResponder { $0.header("Authorization") ?? "unsigned" }
    let authorizations = try await withLocalServer(responder) { port in
      let url = "http://127.0.0.1:\(port)/jobs/queue/job"
      let signing = HTTPTarget.Signing(
        credentials: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"), region: "eu-west-1")
      var authorizations: [String] = []
      for signing in [nil, signing] {
        let response = await Caller(signing: signing).post(
          RunningVariant.emptyJob, contentType: "application/json", to: url)
        authorizations.append(String(decoding: try #require(response).body, as: UTF8.self))
      }
      return authorizations
    }
    #expect(authorizations.first == "unsigned")
    let signed = try #require(authorizations.last)
    #expect(signed.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"))
    #expect(
      signed.contains("/eu-west-1/execute-api/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature="))
  }

  @Test(
    "recognizes the kinds of bodies",
    arguments: [
      (#"{"jobId":"1","jobArn":"a"}"#, ComparisonReport.Behaviour.Body.job), (#"{"jobs":[]}"#, .jobs),
      (#"{"type":"bad-body","title":"Malformed body"}"#, .problem), (#"{"message":"no"}"#, .message),
      (#"{"jobId":null}"#, .message), ("[]", .message), ("7", .message), ("<html>", .other), ("", .empty),
    ])
  func kinds(body: String, kind: ComparisonReport.Behaviour.Body) {
    #expect(ComparisonReport.Behaviour.Body(Caller.Response(status: 200, body: Array(body.utf8))) == kind)
  }

  @Test("has no body without a response")
  func none() {
    #expect(ComparisonReport.Behaviour.Body(nil) == .none)
  }

  @Test("doesn't wait for a response when it is cancelled", .timeLimit(.minutes(1)))
  func cancellation() async throws {
    try await withLocalVariants(try TemplateVariant.all(in: packageRoot + "/examples/direct-minimal.yaml")) {
      variants in
      let stage = try #require(variants.first?.stage)
      let batch = stage.batch
      await batch.behave(.init(delay: .seconds(3600)))
      let call = Task {
        // To Batch directly, because a gateway that waits for Batch can't be stopped.
        await Caller().post([], contentType: "application/json", to: "\(stage.batchURL)/v1/submitjob")
      }
      while await batch.receivedBodies.isEmpty { await Task.yield() }
      call.cancel()
      #expect(await call.value == nil)
    }
  }
}
