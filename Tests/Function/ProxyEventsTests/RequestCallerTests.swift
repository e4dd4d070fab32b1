import Testing

@testable import ProxyEvents

@Suite("The caller of a request")
struct RequestCallerTests {
  private static let role = "arn:aws:sts::123456789012:assumed-role/submitters"

  @Test(
    "of a REST API, or an HTTP API's format 1.0, is what the authorizer or IAM says",
    arguments: [
      (#""authorizer":{"claims":{"sub":"ann"}}"#, "subject ann"),
      (#""authorizer":{"claims":{"sub":"ann","iss":"https://i"},"principalId":"p"}"#, "issuer https://i subject ann"),
      (#""authorizer":{"principalId":"p"},"identity":{"userArn":"arn:x"}"#, "principal p"),
      (
        #""authorizer":{"principalId":""},"identity":{"userArn":"arn:aws:iam::1:user/ann"}"#,
        "arn arn:aws:iam::1:user/ann"
      ),
      (#""identity":{"userArn":"\#(role)/session-7","apiKeyId":"k"}"#, "arn \(role)"),
      (#""identity":{"userArn":"\#(role)/s","cognitoIdentityId":"us-east-1:7"}"#, "identity us-east-1:7"),
      (#""identity":{"apiKeyId":"k","cognitoIdentityId":null}"#, "api key k"),
      (#""identity":{"userArn":null,"sourceIp":"192.0.2.1","apiKey":"secret"}"#, nil), (#""authorizer":null"#, nil),
      (#""authorizer":"x","identity":[]"#, nil), (#""authorizer":{"claims":{"sub":7}}"#, nil),
    ] as [(String, String?)])
  func version1(context: String, caller: String?) throws {
    let event =
      #"{"resource":"/","path":"/jobs/q/d","httpMethod":"POST","headers":null,"body":null,"requestContext":{\#(context)}}"#
    #expect(try ProxyRequest(event: Array(event.utf8)).caller == caller)
    let httpV1 = "{\"version\":\"1.0\",\(event.dropFirst())"
    #expect(try ProxyRequest(event: Array(httpV1.utf8)).caller == caller)
  }

  @Test(
    "of an HTTP API or a function URL is what the authorizer or IAM says",
    arguments: [
      (#"{"jwt":{"claims":{"sub":"ann","iss":"https://i"},"scopes":null}}"#, "issuer https://i subject ann"),
      (#"{"iam":{"userArn":"arn:aws:iam::1:user/team/ann"}}"#, "arn arn:aws:iam::1:user/team/ann"),
      (#"{"iam":{"userArn":"\#(role)/session-7"}}"#, "arn \(role)"),
      (#"{"iam":{"userArn":"\#(role)/s","cognitoIdentity":{"identityId":"us-east-1:7"}}}"#, "identity us-east-1:7"),
      (#"{"iam":{"userArn":"\#(role)/s","cognitoIdentity":null}}"#, "arn \(role)"),
      (#"{"lambda":{"principalId":"p"}}"#, "principal p"),
      (#"{"lambda":{"sub":"ann"}}"#, "subject ann"), (#"{"lambda":{"other":"x"}}"#, nil), (#"{"iam":null}"#, nil),
      ("null", nil), ("[]", nil),
    ] as [(String, String?)])
  func version2(authorizer: String, caller: String?) throws {
    for domain in ["a1.execute-api.us-east-1.amazonaws.com", "x7y8.lambda-url.us-east-1.on.aws"] {
      let event = """
        {"version":"2.0","rawPath":"/jobs/q/d","headers":{},
         "requestContext":{"domainName":"\(domain)","http":{"method":"POST"},"authorizer":\(authorizer)}}
        """
      #expect(try ProxyRequest(event: Array(event.utf8)).caller == caller)
    }
  }

  @Test("of a load balancer is unknown, because a client can write its headers itself")
  func loadBalancer() throws {
    let event = Events.loadBalancer(headers: #""headers":{"x-amzn-oidc-identity":"ann"}"#)
    #expect(try ProxyRequest(event: Array(event.utf8)).caller == nil)
  }
}
