import Platform
import SigV4
import Testing

@Suite("A signer")
struct SignerTests {
  /// SubmitJob requests with an instant and a key pair, and the signatures that botocore's `SigV4Auth` computes.
  struct Case: Sendable {
    var time: String
    var secret: String
    var token: String?
    var signature: String
  }

  static let example = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
  static let another = "another/Secret+Key/EXAMPLE/0123456789abcdef"
  static let token = "FQoGZXIvYXdzEXAMPLETOKEN=="
  static let cases = [
    Case(
      time: "2015-08-30T12:36:00Z", secret: example,
      signature: "263219e88fa31ea893daa78e0717c04a0f4b3629f3da7e799539a7798ca94918"),
    Case(
      time: "2015-08-30T12:36:00Z", secret: another,
      signature: "6ea84d2cb5f092e4618bc2f1d13ab2ad05efd0406d95051daeff563424011a89"),
    Case(
      time: "2015-08-30T12:36:00Z", secret: example, token: token,
      signature: "2d453b64d18c72beb6b64d990c8910af8a2f1530172ee145e368678e8bc8d5a9"),
    Case(
      time: "2015-08-31T00:00:00Z", secret: example,
      signature: "c4280f6cc75b6f43829dfb067b606ecda66793ddcb0fc735f620475002cb65eb"),
    Case(
      time: "2015-08-31T00:00:00Z", secret: another, token: token,
      signature: "22a6bcfc2e85a3e3e9322276e902ebd7a30f0619c9894394557fd3a70ef3a2ff"),
    Case(
      time: "2026-11-23T08:25:29Z", secret: example, token: token,
      signature: "39b180da56d3ca085d3c03f4c2dabf2a87338e303d5f5c58458d39772bf74879"),
    Case(
      time: "2026-11-23T08:25:29Z", secret: another,
      signature: "6df718fc7a95495f4a9b0190b8886c1b2aeb4e68d11e305846c1cca8145d16c2"),
  ]

  @Test("signs SubmitJob as botocore does", arguments: cases)
  func signs(_ example: Case) throws {
    #expect(try authorization(example, Signer(region: "eu-central-1", service: "batch")) == expected(example))
  }

  @Test("caches the day's key, and derives another for another day or secret, back and forth")
  func cache() throws {
    let signer = Signer(region: "eu-central-1", service: "batch")
    for (one, other) in Self.cases.flatMap({ one in Self.cases.map { (one, $0) } }) {
      #expect(try authorization(one, signer) == expected(one))
      #expect(try authorization(one, signer) == expected(one))
      #expect(try authorization(other, signer) == expected(other))
    }
  }

  @Test(
    "hashes a body with SHA-256",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      ("Param1=value1", "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func payloadHash(body: String, hash: String) {
    let signer = Signer(region: "eu-central-1", service: "batch")
    #expect(String(decoding: signer.payloadHash(Array(body.utf8)), as: UTF8.self) == hash)
  }

  /// Headers that are easy to get wrong, and botocore's results for them.
  static let headers: [(headers: [HTTPHeader], signedHeaders: String, signature: String)] = [
    (
      [("My-Header1", "  a   b  "), ("My-Header2", "   "), ("My-Header3", ""), ("My-Header4", "c ")],
      "host;my-header1;my-header2;my-header3;my-header4;x-amz-date",
      "07fe46081bc3073f13b6895114c3c58e3b6177e6cb4f9c17f692beeaba46e9ca"
    ),
    (
      [("a", "1"), ("a-b", "2"), ("a1", "3"), ("ab", "4"), ("a_b", "5"), ("A-", "6")],
      "a;a-;a-b;a1;a_b;ab;host;x-amz-date", "5666ed75390bf6494794d3b0d7ac6e5b82b2a1a66fb9d5887f6b91e1a0c97170"
    ),
  ]

  @Test("trims values, and sorts names with the same prefix, as botocore does", arguments: headers)
  func headerForms(headers: [HTTPHeader], signedHeaders: String, signature: String) {
    let signer = Signer(region: "us-east-1", service: "service")
    let plain: [HTTPHeader] = [("Host", "example.amazonaws.com"), ("X-Amz-Date", "20150830T123600Z")]
    let request = CanonicalRequest(
      method: "GET", canonicalPath: "/", headers: plain + headers, payloadHash: signer.payloadHash([]))
    let credentials = AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: Self.example)
    let value = signer.authorization(
      for: request, credentials: credentials, date: "20150830T123600Z")
    #expect(value.hasSuffix("SignedHeaders=\(signedHeaders), Signature=\(signature)"))
  }

  private func authorization(_ example: Case, _ signer: Signer) throws -> String {
    let time = try #require(Timestamp(rfc3339: example.time))
    var headers: [HTTPHeader] = [
      ("Content-Type", "application/json"), ("Host", "batch.eu-central-1.amazonaws.com"),
      ("X-Amz-Date", time.iso8601Basic),
    ]
    if let token = example.token { headers.append(("X-Amz-Security-Token", token)) }
    let body = #"{"jobName":"render-3f2b","jobQueue":"reports","jobDefinition":"render:3"}"#
    let request = CanonicalRequest(
      method: "POST", canonicalPath: "/v1/submitjob", headers: headers,
      payloadHash: signer.payloadHash(Array(body.utf8)))
    let credentials = AWSCredentials(
      accessKeyID: "AKIDEXAMPLE", secretAccessKey: example.secret, sessionToken: example.token)
    return signer.authorization(for: request, credentials: credentials, date: time.iso8601Basic)
  }

  private func expected(_ example: Case) -> String {
    let day = example.time.prefix(10).filter { $0 != "-" }
    let signedHeaders = "content-type;host;x-amz-date" + (example.token == nil ? "" : ";x-amz-security-token")
    return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\(day)/eu-central-1/batch/aws4_request, "
      + "SignedHeaders=\(signedHeaders), Signature=\(example.signature)"
  }
}
