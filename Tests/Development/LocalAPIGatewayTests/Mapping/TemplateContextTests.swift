import Testing

@testable import LocalAPIGateway

@Suite("$context and $stageVariables in a mapping template")
struct TemplateContextTests {
  @Test(
    "have the request's values",
    arguments: [
      ("$context.requestId", "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"),
      ("$context.extendedRequestId", "PnVvTEVsoAMFz5Q="),
      ("$context.apiId", "abcde12345"), ("$context.accountId", "123456789012"), ("$context.stage", "prod"),
      ("$context.resourcePath", "/jobs/{queue}"), ("$context.path", "/prod/jobs/my%20queue"),
      ("$context.httpMethod", "POST"), ("$context.protocol", "HTTP/1.1"),
      ("$context.requestTime", "09/Apr/2015:12:34:56 +0000"), ("$context.requestTimeEpoch", "1428582896000"),
      ("$context.domainName", "abcde12345.execute-api.us-east-1.amazonaws.com"),
      ("$context.domainPrefix", "abcde12345"), ("$context.identity.sourceIp", "203.0.113.7"),
      ("$context.identity.userAgent", "curl/8.5.0"), ("$stageVariables.table", "jobs"),
      ("${stageVariables['table']}", "jobs"),
      // A missing value is printed as nothing, even for an unknown name.
      ("[$context.identity.caller]", "[]"), ("[$context.authorizer.claims.sub]", "[]"), ("[$context.nope]", "[]"),
      ("[$stageVariables.nope]", "[]"), ("#foreach($k in $context.authorizer.keySet())$k#end", ""),
    ])
  func values(template: String, text: String) throws {
    let exchange = Exchange(headers: [("user-agent", "curl/8.5.0")], stageVariables: ["table": "jobs"])
    #expect(try exchange.evaluate(template) == text)
  }

  /// From LocalStack's test_apigateway_sqs.snapshot.json, test_sqs_amz_json_protocol: recorded from AWS on 2025-05-20.
  @Test("have the names in a recording of AWS")
  func names() throws {
    #expect(
      try Exchange().evaluate("$context.keySet()")
        == "[resourceId, resourcePath, httpMethod, extendedRequestId, requestTime, path, accountId, protocol, "
        + "requestOverride, stage, domainPrefix, requestTimeEpoch, requestId, identity, domainName, deploymentId, "
        + "responseOverride, apiId]")
    #expect(
      try Exchange().evaluate("$context.identity.keySet()")
        == "[cognitoIdentityPoolId, accountId, cognitoIdentityId, caller, sourceIp, principalOrgId, accessKey, "
        + "cognitoAuthenticationType, cognitoAuthenticationProvider, userArn, userAgent, user]")
    #expect(
      try Exchange().evaluate("$context.requestOverride.keySet() $context.responseOverride.keySet()")
        == "[path, header, querystring] [header]")
  }

  /// From the same recording.
  @Test("have maps that print nothing")
  func maps() throws {
    let template = """
      #foreach($k in $context.keySet())$k=$context.get($k),#end
      #foreach($k in $context.requestOverride.keySet())$k=$context.requestOverride.get($k),#end
      #foreach($k in $context.responseOverride.keySet())$k=$context.responseOverride.get($k),#end
      """
    let text = try Exchange().evaluate(template)
    for name in ["identity", "requestOverride", "responseOverride", "path", "header", "querystring"] {
      #expect(text.contains("\(name)=,"), "\(name)")
    }
    #expect(try Exchange().evaluate("[$context.identity][$context.authorizer]") == "[][]")
  }
}
