internal import Platform

extension RoutedRequest {
  /// What a REST API tells of a request: `requestContext` of a proxy event, and `$context` but for its overrides.
  ///
  /// In AWS's order. See [Variables for data
  /// transformations](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference).
  var restContext: [JSON.Member] {
    let resource = route.path?.description ?? ""
    return JSON.Member.list([
      "resourceId": .string(StableID.of("\(api.logicalID) \(resource)", length: 6)),
      "resourcePath": .string(resource),
      "httpMethod": .string(request.method),
      "extendedRequestId": .string(request.extendedID),
      "requestTime": .string(request.time.commonLog),
      "path": .string("/\(api.stage)\(request.path)"),
      "accountId": .string(Account.id),
      "protocol": .string("HTTP/1.1"),
      "stage": .string(api.stage),
      "domainPrefix": .string(api.id),
      "requestTimeEpoch": .number(String(request.time.milliseconds)),
      "requestId": .string(request.id),
      "identity": identity([
        "cognitoIdentityPoolId", "accountId", "cognitoIdentityId", "caller", "sourceIp", "principalOrgId", "accessKey",
        "cognitoAuthenticationType", "cognitoAuthenticationProvider", "userArn", "userAgent", "user",
      ]),
      "domainName": .string(api.domainName),
      "deploymentId": .string(StableID.of("\(api.logicalID) deployment", length: 6)),
      "apiId": .string(api.id),
    ])
  }

  /// Who called, under these names: nothing but the address and the user agent, since nobody is authenticated here.
  func identity(_ names: [String]) -> JSON {
    .object(
      names.map { name in
        switch name {
        case "sourceIp": JSON.Member(name: name, value: .string(request.sourceIP))
        case "userAgent": JSON.Member(name: name, value: request.header("User-Agent").map { .string($0) } ?? .null)
        default: JSON.Member(name: name, value: .null)
        }
      })
  }
}
