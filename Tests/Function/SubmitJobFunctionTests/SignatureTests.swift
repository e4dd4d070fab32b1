import Platform
import SigV4
import TestSupport
import Testing

@Suite("The signature")
struct SignatureTests {
  @Test("matches the request on the wire, with and without a session token", arguments: [nil, "token/+==with=all"])
  func signature(token: String?) async throws {
    let body = #"{"parameters":{"n":"é"}}"#
    let run = try await invoke(.rest(body: body), environment: ["AWS_SESSION_TOKEN": token, "AWS_REGION": "eu-west-3"])
    let request = try #require(run.batch.requests.first)
    try expectSigned(
      request,
      by: .init(
        accessKeyID: DemoKeys.accessKeyID, secretAccessKey: DemoKeys.secretAccessKey, sessionToken: token),
      in: "eu-west-3")
    #expect(request.header("X-Amz-Security-Token") == token)
  }

  @Test("is computed again for each attempt")
  func everyAttempt() async throws {
    let run = try await invoke(.rest(), batch: .answering(.throttle, .submitted))
    let keys = AWSCredentials(accessKeyID: DemoKeys.accessKeyID, secretAccessKey: DemoKeys.secretAccessKey)
    #expect(run.batch.requests.count == 2)
    for request in run.batch.requests { try expectSigned(request, by: keys, in: "us-east-1") }
  }

  @Test("uses the region in AWS_DEFAULT_REGION if AWS_REGION is unset")
  func region() async throws {
    let run = try await invoke(.rest(), environment: ["AWS_REGION": nil, "AWS_DEFAULT_REGION": "ap-south-1"])
    let keys = AWSCredentials(accessKeyID: DemoKeys.accessKeyID, secretAccessKey: DemoKeys.secretAccessKey)
    try expectSigned(try #require(run.batch.requests.first), by: keys, in: "ap-south-1")
  }
}

/// Expects a request to have a valid signature of its headers and body, made within the last minute.
func expectSigned(
  _ request: ScriptedServer.Request, by credentials: AWSCredentials, in region: String,
  at location: SourceLocation = #_sourceLocation
) throws {
  let authorization = try #require(request.header("Authorization"), sourceLocation: location)
  let signed = try #require(authorization.firstMatch(of: /SignedHeaders=([^,]+)/)?.1, sourceLocation: location)
  let names = signed.split(separator: ";").map(String.init)
  let required =
    ["content-type", "host", "x-amz-date"] + (credentials.sessionToken == nil ? [] : ["x-amz-security-token"])
  #expect(Set(required).isSubset(of: names), sourceLocation: location)
  let date = try #require(request.header("X-Amz-Date"), sourceLocation: location)
  let d = Array(date)
  try #require(d.count == 16, sourceLocation: location)
  let text = "\(String(d[0..<4]))-\(String(d[4..<6]))-\(String(d[6..<11])):\(String(d[11..<13])):\(String(d[13...]))"
  let time = try #require(Timestamp(rfc3339: text), sourceLocation: location)
  #expect(abs(request.receivedAt - time.milliseconds) < 60_000, sourceLocation: location)
  let signer = Signer(region: region, service: "batch")
  let canonical = CanonicalRequest(
    method: request.method, canonicalPath: request.path, headers: names.map { ($0, request.header($0) ?? "") },
    payloadHash: signer.payloadHash(request.body))
  #expect(
    authorization == signer.authorization(for: canonical, credentials: credentials, date: time.iso8601Basic),
    sourceLocation: location)
}
