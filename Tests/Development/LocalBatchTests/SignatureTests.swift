import Foundation
import FoundationNetworking
import LocalBatch
import Platform
import SigV4
import Testing

@Suite("Signature checks")
struct SignatureTests {
  private func refusal(
    path: String = "/v1/submitjob", _ change: @escaping @Sendable (inout SignedClient) -> Void
  ) async throws -> (status: Int, code: String, message: String) {
    let (responses, received) = AsyncStream.makeStream(of: (Int, String, String).self)
    try await withBatch { batch, client in
      var client = client
      change(&client)
      let response = try await client.post(path, submitJob())
      #expect(await batch.submitJobBodies.isEmpty)
      received.yield((response.status, response.errorType ?? "", response.message ?? ""))
    }
    return try #require(await responses.first { _ in true })
  }

  @Test("a request without a signature is rejected")
  func missing() async throws {
    let response = try await refusal { $0.tamper = { $0.setValue(nil, forHTTPHeaderField: "Authorization") } }
    #expect(response == (403, "MissingAuthenticationTokenException", "Missing Authentication Token"))
  }

  @Test(
    "an incomplete signature is rejected, naming what is missing",
    arguments: [
      ("Bearer x", "requires 'AWS4-HMAC-SHA256'"),
      ("AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host", "requires 'Signature' parameter"),
      ("AWS4-HMAC-SHA256", "'Credential' parameter. Authorization header requires 'Signature' parameter."),
      ("AWS4-HMAC-SHA256 Credential", "'Credential' not a valid key=value pair (missing equal-sign)"),
      ("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=x", "exactly 5 slash-delimited elements"),
    ])
  func incomplete(value: String, message: String) async throws {
    let response = try await refusal { $0.tamper = { $0.setValue(value, forHTTPHeaderField: "Authorization") } }
    #expect(response.status == 403)
    #expect(response.code == "IncompleteSignatureException")
    #expect(response.message.contains(message), "\(response.message)")
  }

  @Test("a request without a valid X-Amz-Date is rejected", arguments: [nil, "now", "2026-11-23T08:25:29Z"])
  func undated(date: String?) async throws {
    let response = try await refusal { $0.tamper = { $0.setValue(date, forHTTPHeaderField: "X-Amz-Date") } }
    #expect(response.code == "IncompleteSignatureException")
    #expect(response.message.contains("'X-Amz-Date'"))
  }

  @Test("another key is rejected, and so is a session token, which the demo key doesn't have")
  func otherKey() async throws {
    let expected = (403, "UnrecognizedClientException", "The security token included in the request is invalid.")
    let secret = EmbeddedBatch.demoCredentials.secretAccessKey
    let key = try await refusal {
      $0.credentials = AWSCredentials(accessKeyID: "AKIAI44QH8DHBEXAMPLE", secretAccessKey: secret)
    }
    #expect(key == expected)
    let token = try await refusal { $0.tamper = { $0.setValue("x", forHTTPHeaderField: "X-Amz-Security-Token") } }
    #expect(token == expected)
  }

  @Test("a signature for another secret, body, header, query or method is rejected")
  func tampered() async throws {
    let message = "The request signature we calculated does not match the signature you provided."
    let key = EmbeddedBatch.demoCredentials.accessKeyID
    let responses = [
      try await refusal { $0.credentials = AWSCredentials(accessKeyID: key, secretAccessKey: "wrong") },
      try await refusal { $0.tamper = { $0.httpBody = Data("{}".utf8) } },
      try await refusal { $0.tamper = { $0.setValue("text/plain", forHTTPHeaderField: "Content-Type") } },
      try await refusal { $0.tamper = { $0.url = URL(string: "?a=b", relativeTo: $0.url) } },
      try await refusal { $0.tamper = { $0.url = URL(string: "/v1/describejobs", relativeTo: $0.url) } },
      try await refusal { $0.tamper = { $0.httpMethod = "PUT" } },
    ]
    for response in responses {
      #expect(response.status == 403)
      #expect(response.code == "InvalidSignatureException")
      #expect(response.message.hasPrefix(message), "\(response.message)")
    }
  }

  @Test("a time more than five minutes off is rejected in AWS's words")
  func skew() async throws {
    let early = try await refusal { $0.time = testTime - .seconds(301) }
    #expect(early.code == "InvalidSignatureException")
    #expect(
      early.message
        == "Signature expired: 20261123T082028Z is now earlier than 20261123T082029Z (20261123T082529Z - 5 min.)")
    let late = try await refusal { $0.time = testTime + .seconds(301) }
    #expect(late.code == "InvalidSignatureException")
    #expect(
      late.message
        == "Signature not yet current: 20261123T083030Z is still later than 20261123T083029Z (20261123T082529Z + 5 min.)"
    )
  }

  @Test("a scope for another region, service or day is rejected")
  func scope() async throws {
    let region = try await refusal { $0.region = "us-east-2" }
    #expect(region.message.contains("scoped to a valid region, not 'us-east-2'"))
    let service = try await refusal { $0.service = "execute-api" }
    #expect(service.message.contains("scoped to correct service: 'batch'"))
    let day = try await refusal {
      $0.tamper = { $0.setValue("20261124T000000Z", forHTTPHeaderField: "X-Amz-Date") }
    }
    #expect(day.message.contains("'20261123' != '20261124', from '20261124T000000Z'"))
    for response in [region, service, day] { #expect(response.code == "InvalidSignatureException") }
  }

  @Test("a signature that doesn't cover the host and the time is rejected")
  func unsignedHost() async throws {
    let response = try await refusal {
      $0.tamper = { request in
        let value = request.value(forHTTPHeaderField: "Authorization")?.replacing("host;", with: "")
        request.setValue(value, forHTTPHeaderField: "Authorization")
      }
    }
    #expect(response.code == "InvalidSignatureException")
    #expect(response.message.contains("must be a 'SignedHeader'"))
  }

  @Test("a time within five minutes and a signed query are accepted")
  func accepted() async throws {
    try await withBatch { batch, client in
      for offset in [-300_000, 300_000] {
        var client = client
        client.time = testTime + .milliseconds(offset)
        #expect(try await client.submit().status == 200)
      }
      let query = "a=1&b=%2F%20x"
      let response = try await client.send(path: "/v1/submitjob", query: query, body: Array(submitJob().utf8))
      #expect(response.status == 200)
      #expect(await batch.submitJobBodies.count == 3)
    }
  }

  @Test(
    "any other path or method is an unknown operation",
    arguments: [("POST", "/v1/createjobqueue"), ("POST", "/"), ("PUT", "/v1/submitjob")])
  func unknownOperation(method: String, path: String) async throws {
    try await withBatch { _, client in
      let response = try await client.send(method: method, path: path, body: Array("{}".utf8))
      #expect(response.status == 404)
      #expect(response.errorType == "UnknownOperationException")
      #expect(response.message?.contains("\(method) \(path)") == true)
    }
  }
}
