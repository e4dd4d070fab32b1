internal import Foundation
internal import Platform

extension ProxyEvent {
  /// The event of a REST API, and of an HTTP API with payload format 1.0.
  ///
  /// The two differ in the version, the decoded path, the request's ids, and what they call a resource.
  var version1: JSON {
    let (headers, query) = (headers.fields, QueryString(request.query).parameters)
    let (version, path): ([JSON.Member], String) =
      form == .rest ? ([], request.path) : ([JSON.Member(name: "version", value: .string("1.0"))], decodedPath)
    let members: KeyValuePairs<String, JSON> = [
      "resource": .string(resource),
      "path": .string(path),
      "httpMethod": .string(request.method),
      "headers": .strings(headers.map { ($0.name, $0.values.last ?? "") }),
      "multiValueHeaders": Self.lists(headers),
      "queryStringParameters": query.isEmpty ? .null : .strings(query.map { ($0.name, $0.values.last ?? "") }),
      "multiValueQueryStringParameters": query.isEmpty ? .null : Self.lists(query),
      "pathParameters": routed.pathParameters.isEmpty ? .null : .strings(routed.pathParameters),
      "stageVariables": stageVariables ?? .null,
      "requestContext": form == .rest ? restContext : httpContext,
      "body": body.map { .string($0.text) } ?? .null,
      "isBase64Encoded": .boolean(body?.isBase64Encoded ?? false),
    ]
    return .object(version + members.map { JSON.Member(name: $0.key, value: $0.value) })
  }

  private var restContext: JSON {
    .members([
      "resourceId": .string(StableID.of("\(api.logicalID) \(resource)", length: 6)),
      "resourcePath": .string(resource),
      "httpMethod": .string(request.method),
      "extendedRequestId": .string(request.extendedID),
      "requestTime": .string(request.time.commonLog),
      "path": .string("/\(api.stage)\(request.path)"),
      "accountId": .string(API.account),
      "protocol": .string("HTTP/1.1"),
      "stage": .string(api.stage),
      "domainPrefix": .string(api.id),
      "requestTimeEpoch": .number(String(request.time.milliseconds)),
      "requestId": .string(request.id),
      "identity": identity(Self.restIdentity),
      "domainName": .string(domainName),
      "deploymentId": .string(StableID.of("\(api.logicalID) deployment", length: 6)),
      "apiId": .string(api.id),
    ])
  }

  private var httpContext: JSON {
    .members([
      "accountId": .string(API.account),
      "apiId": .string(api.id),
      "domainName": .string(domainName),
      "domainPrefix": .string(api.id),
      "extendedRequestId": .string(request.extendedID),
      "httpMethod": .string(request.method),
      "identity": identity(Self.httpIdentity),
      "path": .string(decodedPath),
      "protocol": .string("HTTP/1.1"),
      "requestId": .string(request.extendedID),
      "requestTime": .string(request.time.commonLog),
      "requestTimeEpoch": .number(String(request.time.milliseconds)),
      "resourceId": .string(routed.route.key),
      "resourcePath": .string(resource),
      "stage": .string(api.stage),
    ])
  }

  private static let restIdentity = [
    "cognitoIdentityPoolId", "accountId", "cognitoIdentityId", "caller", "sourceIp", "principalOrgId", "accessKey",
    "cognitoAuthenticationType", "cognitoAuthenticationProvider", "userArn", "userAgent", "user",
  ]

  private static let httpIdentity = [
    "accessKey", "accountId", "caller", "cognitoAmr", "cognitoAuthenticationProvider", "cognitoAuthenticationType",
    "cognitoIdentityId", "cognitoIdentityPoolId", "principalOrgId", "sourceIp", "user", "userAgent", "userArn",
  ]

  /// Who called: nothing but the address and the user agent, since nobody is authenticated here.
  private func identity(_ names: [String]) -> JSON {
    .object(
      names.map { name in
        switch name {
        case "sourceIp": JSON.Member(name: name, value: .string(request.sourceIP))
        case "userAgent": JSON.Member(name: name, value: request.header("User-Agent").map { .string($0) } ?? .null)
        default: JSON.Member(name: name, value: .null)
        }
      })
  }

  private static func lists(_ fields: [(name: String, values: [String])]) -> JSON {
    .object(fields.map { JSON.Member(name: $0.name, value: .array($0.values.map { .string($0) })) })
  }
}
