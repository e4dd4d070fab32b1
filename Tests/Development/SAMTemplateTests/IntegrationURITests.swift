import Testing

@testable import SAMTemplate

@Suite("The uri of an integration")
struct IntegrationURITests {
  @Test("is parsed in the forms that public templates use")
  func uris() {
    let function = "arn:aws:lambda:us-east-1:123456789012:function:F"
    let prefix = "arn:aws:apigateway:us-east-2:"
    let expected: [(String, IntegrationURI?)] = [
      ("\(prefix)lambda:path/2015-03-31/functions/\(function)/invocations", .function("F")),
      ("\(prefix)lambda:path/2015-03-31/functions/\(function):live/invocations", .function("F")),
      (function, .function("F")),
      ("\(prefix)batch:path/v1/submitjob", .path(service: "batch", region: "us-east-2", path: "/v1/submitjob")),
      ("\(prefix)batch:path//v1/submitjob", .path(service: "batch", region: "us-east-2", path: "/v1/submitjob")),
      ("\(prefix)batch:action/SubmitJob", .action(service: "batch", action: "SubmitJob")),
      ("\(prefix)sqs:action/SendMessage&Version=1", .action(service: "sqs", action: "SendMessage")),
      ("\(prefix)lambda:path//2015-03-31/functions/\(function)/invocations", .function("F")),
      ("\(prefix)lambda:test/2015-03-31/functions/\(function)/invocations", nil),
      ("\(prefix)batch:v1/submitjob", nil),
      ("https://example.com/", nil),
      ("\(prefix)lambda:path/2015-03-31/functions/F/invocations", nil),
    ]
    for (text, uri) in expected { #expect(IntegrationURI(text) == uri, "\(text)") }
  }
}
