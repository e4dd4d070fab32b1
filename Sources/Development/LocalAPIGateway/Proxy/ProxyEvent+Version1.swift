internal import Foundation
internal import JSONTree
internal import LocalLambda
internal import LocalServer
internal import Platform
internal import SAMTemplate

extension ProxyEvent {
  /// The event of a REST API, and of an HTTP API with payload format 1.0.
  ///
  /// The two differ in the version, the path's decoding, the request's ids, and the resource's name.
  var version1: JSON {
    let (headers, query) = (headers.fields, QueryString(request.query).parameters)
    let (version, path): ([JSON.Member], String) =
      format == .rest
      ? ([], request.path) : ([JSON.Member(name: "version", value: .string("1.0"))], request.decodedPath)
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
      "requestContext": format == .rest ? .object(routed.context.restMembers) : httpContext,
      "body": body.map { .string($0.text) } ?? .null,
      "isBase64Encoded": .boolean(body?.isBase64Encoded ?? false),
    ]
    return .object(version + JSON.Member.list(members))
  }

  private var httpContext: JSON {
    .members([
      "accountId": .string(Account.id),
      "apiId": .string(api.id),
      "domainName": .string(api.domainName),
      "domainPrefix": .string(api.id),
      "extendedRequestId": .string(request.extendedID),
      "httpMethod": .string(request.method),
      "identity": routed.context.identity(Self.httpIdentity),
      "path": .string(request.decodedPath),
      "protocol": .string("HTTP/1.1"),
      "requestId": .string(request.extendedID),
      "requestTime": .string(request.time.commonLog),
      "requestTimeEpoch": .number(String(request.time.milliseconds)),
      "resourceId": .string(routed.routeKey),
      "resourcePath": .string(resource),
      "stage": .string(api.stage),
    ])
  }

  private static let httpIdentity = [
    "accessKey", "accountId", "caller", "cognitoAmr", "cognitoAuthenticationProvider", "cognitoAuthenticationType",
    "cognitoIdentityId", "cognitoIdentityPoolId", "principalOrgId", "sourceIp", "user", "userAgent", "userArn",
  ]

  private static func lists(_ fields: [(name: String, values: [String])]) -> JSON {
    .object(fields.map { JSON.Member(name: $0.name, value: .array($0.values.map { .string($0) })) })
  }
}
