import HTTPTransport
import Testing

@testable import AWSService

@Suite("A refusal by a service")
struct ServiceRefusalTests {
  @Test(
    "with status 400 is the job's fault, unless its code says otherwise",
    arguments: ["ClientException", "SerializationException", "ValidationException", "", "BadRequestException"])
  func badRequest(code: String) {
    #expect(refusal(400, code).meaning == .badRequest)
  }

  @Test(
    "with status 403 and an AccessDenied code means that the role isn't allowed",
    arguments: ["AccessDeniedException", "AccessDenied"])
  func accessDenied(code: String) {
    #expect(refusal(403, code).meaning == .accessDenied)
  }

  @Test(
    "with any other 403 is the function's own fault",
    arguments: [
      "InvalidSignatureException", "ExpiredTokenException", "UnrecognizedClientException",
      "MissingAuthenticationTokenException",
      "SignatureDoesNotMatch", "InvalidClientTokenId", "IncompleteSignatureException", "OptInRequired",
      "ForbiddenException", "ClientException", "",
    ])
  func functionAtFault(code: String) {
    #expect(refusal(403, code).meaning == .functionAtFault)
  }

  @Test(
    "with status 400 or 401 and a credential or signature code is the function's own fault", arguments: [400, 401],
    [
      "InvalidSignatureException", "ExpiredTokenException", "ExpiredToken", "UnrecognizedClientException",
      "MissingAuthenticationTokenException",
      "MissingAuthenticationToken", "SignatureDoesNotMatch", "InvalidClientTokenId", "IncompleteSignature",
      "IncompleteSignatureException",
      "InvalidAccessKeyId", "RequestExpired", "AuthFailure",
    ])
  func credentials(status: Int, code: String) {
    #expect(refusal(status, code).meaning == .functionAtFault)
  }

  @Test(
    "is a throttle if its code is one of botocore's throttling codes", arguments: [400, 403, 404, 429, 499],
    [
      "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
      "TooManyRequestsException",
      "ProvisionedThroughputExceededException", "RequestLimitExceeded",
      "BandwidthLimitExceeded",
      "LimitExceededException", "RequestThrottled", "SlowDown", "EC2ThrottledException",
    ])
  func throttledByCode(status: Int, code: String) {
    #expect(refusal(status, code).meaning == .throttled)
  }

  @Test(
    "with status 429 is a throttle, whatever its code",
    arguments: ["", "ClientException", "AccessDeniedException", "Unheard"])
  func throttledByStatus(code: String) {
    #expect(refusal(429, code).meaning == .throttled)
  }

  @Test(
    "is a throttle only if its status is a 4xx, whatever its code",
    arguments: [200, 201, 202, 204, 302, 307, 399, 500, 503],
    ["ThrottlingException", "TooManyRequestsException", "SlowDown"])
  func throttleCodeWithOtherStatus(status: Int, code: String) {
    #expect(refusal(status, code).meaning == .unknown)
  }

  @Test(
    "that reports another request in progress doesn't prove that this one was rejected",
    arguments: [400, 403, 409, 429],
    ["PriorRequestNotComplete", "TransactionInProgressException"])
  func conflict(status: Int, code: String) {
    #expect(refusal(status, code).meaning == .unknown)
  }

  @Test(
    "with any other status leaves open whether there is a job",
    arguments: [201, 202, 204, 301, 302, 307, 401, 402, 404, 405, 408, 409, 413, 418, 500, 501, 502, 503, 504, 599],
    ["", "ServerException", "AuthorizerConfigurationException", "ClientException", "AccessDeniedException"])
  func unknown(status: Int, code: String) {
    #expect(refusal(status, code).meaning == .unknown)
  }

  @Test("with a 5xx leaves it open even if it has a credential code", arguments: [500, 503])
  func serverError(status: Int) {
    #expect(refusal(status, "ExpiredTokenException").meaning == .unknown)
  }

  @Test(
    "takes its code from the header, or else from the body, without prefix and suffix",
    arguments: [
      ("x-amzn-ErrorType: ClientException", "{}", "ClientException"),
      ("X-Amzn-Errortype: ClientException:", "{}", "ClientException"),
      ("x-amzn-errortype: FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/", "{}", "FooError"),
      ("x-amzn-ErrorType: aws.protocoltests.restjson#FooError", "{}", "FooError"),
      ("x-amzn-ErrorType: aws.protocoltests.restjson#FooError:http://internal.amazon.com/coral/#x", "{}", "FooError"),
      ("x-amzn-ErrorType: A", #"{"__type":"B","code":"C"}"#, "A"), ("A: b", #"{"__type":"FooError"}"#, "FooError"),
      ("A: b", #"{"__type":"com.amazon.coral#FooError"}"#, "FooError"),
      ("A: b", #"{"code":"aws.x#FooError:http://y"}"#, "FooError"),
      ("A: b", #"{"__type":null,"code":"FooError"}"#, "FooError"),
      ("A: b", #"{"__type":7,"code":"FooError"}"#, "FooError"),
      ("x-amzn-ErrorType: ", #"{"__type":"FooError"}"#, "FooError"),
      ("x-amzn-ErrorType: a b", #"{"code":"FooError"}"#, "FooError"), ("A: b", "{}", ""), ("A: b", "", ""),
      ("A: b", "<html>", ""), ("A: b", "[]", ""),
      ("A: b", #"{"__type":"A","__type":7}"#, ""), ("x-amzn-ErrorType: FooError:\u{301}x", "{}", "FooError"),
      ("x-amzn-ErrorType: a#\u{301}Foo", "{}", ""),
    ])
  func code(header: String, body: String, code: String) {
    #expect(ServiceRefusal(response(400, header, body)).code == code)
  }

  @Test(
    "takes its message from the body",
    arguments: [
      (#"{"message":"Job queue q does not exist"}"#, "Job queue q does not exist"), (#"{"Message":"no"}"#, "no"),
      (#"{"message":null}"#, ""),
      (#"{"message":null,"Message":"no"}"#, "no"), (#"{"message":"\u00e9\n"}"#, "é\n"), (#"{"message":{}}"#, ""),
      ("<ErrorResponse/>", ""), ("", ""),
    ])
  func message(body: String, message: String) {
    let refusal = ServiceRefusal(response(403, "x-amzn-ErrorType: E", body))
    #expect(refusal.message == message)
    #expect(refusal.status == 403)
    #expect(refusal.code == "E")
  }

  @Test(
    "has the seconds of the Retry-After header, at most 300",
    arguments: [
      ("Retry-After: 7", 7), ("retry-after: 0", 0), ("Retry-After: 300", 300),
      ("Retry-After: 301", 300), ("Retry-After: 86400", 300), ("Retry-After: 9223372036854775807", 300),
      ("Retry-After: 99999999999999999999999999", 300), ("Retry-After: 1.5", nil), ("Retry-After:", nil),
      ("Retry-After: soon", nil),
      ("Retry-After: Mon, 23 Nov 2026 08:25:29 GMT", nil), ("A: 7", nil),
    ]
      as [(String, Int?)])
  func retryAfter(header: String, seconds: Int?) {
    #expect(ServiceRefusal(response(429, header, "{}")).retryAfter == seconds)
  }

  @Test("ignores a negative Retry-After, which RFC 9110 doesn't allow")
  func negativeRetryAfter() {
    #expect(ServiceRefusal(response(429, "Retry-After: -7", "{}")).retryAfter == nil)
  }

  private func refusal(_ status: Int, _ code: String) -> ServiceRefusal {
    ServiceRefusal(status: status, code: code, message: "", retryAfter: nil)
  }

  private func response(_ status: Int, _ header: String, _ body: String) -> HTTPResponse {
    HTTPResponse(status: status, head: Array("HTTP/1.1 \(status) X\r\n\(header)\r\n\r\n".utf8), body: Array(body.utf8))
  }
}
