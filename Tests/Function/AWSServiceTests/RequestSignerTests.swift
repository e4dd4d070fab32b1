import AWSService
import HTTPTransport
import Platform
import SigV4
import Testing

@Suite("A signed request")
struct RequestSignerTests {
  /// Requests that botocore has signed.
  struct Case: Sendable, CustomTestStringConvertible {
    var endpoint: ServiceEndpoint?
    var path: String
    var query = ""
    var body: String
    var time: String
    var token: String?
    var url: String
    var signature: String

    var testDescription: String { url }
  }

  static let cases = [
    Case(
      endpoint: ServiceEndpoint(service: "batch", region: "eu-central-1", host: "batch.eu-central-1.amazonaws.com"),
      path: "/v1/submitjob", body: #"{"jobName":"render-3f2b","jobQueue":"reports","jobDefinition":"render:3"}"#,
      time: "2015-08-30T12:36:00Z", token: "FQoGZXIvYXdzEXAMPLETOKEN==",
      url: "https://batch.eu-central-1.amazonaws.com/v1/submitjob",
      signature: "2d453b64d18c72beb6b64d990c8910af8a2f1530172ee145e368678e8bc8d5a9"),
    Case(
      endpoint: api(path: "/prod"), path: "/jobs/reports/render%3A3", body: #"{"jobName":"render-3f2b"}"#,
      time: "2026-11-23T08:25:29Z",
      url: "https://abc123.execute-api.us-east-1.amazonaws.com/prod/jobs/reports/render%3A3",
      signature: "1f3cebe55192d1972a32116b5610cd7911ea0e2a9c6e65d76ce82e5ce8c11e36"),
    Case(
      endpoint: api(), path: "/prod/jobs/reports/render", query: "b=2&a=1&a=%2F&flag",
      body: #"{"jobName":"render-3f2b"}"#, time: "2026-11-23T08:25:29Z",
      url: "https://abc123.execute-api.us-east-1.amazonaws.com/prod/jobs/reports/render?b=2&a=1&a=%2F&flag",
      signature: "cb2e88990946e47177f6fed993f313b9b055566d8f44f178df6f37f86cf0bdbd"),
  ]

  private static func api(path: String = "") -> ServiceEndpoint? {
    HTTPURL("https://abc123.execute-api.us-east-1.amazonaws.com").map {
      ServiceEndpoint(service: "execute-api", region: "us-east-1", at: $0, path: path)
    }
  }

  @Test("goes to the endpoint, once, with the headers of a signature like botocore's", arguments: cases)
  func signed(example: Case) throws {
    let endpoint = try #require(example.endpoint)
    let time = try #require(Timestamp(rfc3339: example.time))
    let request = RequestSigner(endpoint).request(
      .post(Array(example.body.utf8)), example.path, query: example.query,
      headers: [("Content-Type", "application/json")],
      credentials: AWSCredentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        sessionToken: example.token),
      at: time)
    #expect(request.url == example.url)
    #expect(request.method.name == "POST" && request.method.body == Array(example.body.utf8))
    #expect(!request.isIdempotent)
    let headers = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name, $0.value) })
    #expect(headers["Content-Type"] == "application/json")
    #expect(headers["Host"] == endpoint.authority)
    #expect(headers["X-Amz-Date"] == time.iso8601Basic)
    #expect(headers["X-Amz-Security-Token"] == example.token)
    #expect(headers["Authorization"]?.hasSuffix(example.signature) == true)
  }
}
