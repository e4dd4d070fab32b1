internal import JSONTree
internal import LocalServer
internal import Platform
internal import SAMTemplate

/// The data of `$context` for a request, with or without a route.
///
/// See [Variables for data
/// transformations](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference).
struct RequestContext: Sendable {
  let request: ClientRequest
  /// The API that the request belongs to.
  let api: APIDefinition
  /// The path of the request's route, as in the template; nil without a route.
  let resourcePath: String?

  /// The variables of a REST API, in AWS's order: `requestContext` of a proxy event, and `$context` without its
  /// overrides.
  var restMembers: [JSON.Member] {
    resource
      + JSON.Member.list([
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
          "cognitoIdentityPoolId", "accountId", "cognitoIdentityId", "caller", "sourceIp", "principalOrgId",
          "accessKey", "cognitoAuthenticationType", "cognitoAuthenticationProvider", "userArn", "userAgent", "user",
        ]),
        "domainName": .string(api.domainName),
        "deploymentId": .string(StableID.of("\(api.logicalID) deployment", length: 6)),
        "apiId": .string(api.id),
      ])
  }

  private var resource: [JSON.Member] {
    guard let resourcePath else { return [] }
    return JSON.Member.list([
      "resourceId": .string(StableID.of("\(api.logicalID) \(resourcePath)", length: 6)),
      "resourcePath": .string(resourcePath),
    ])
  }

  /// The caller's identity under these names. Without a user, only the address and the user agent have values.
  func identity(_ names: [String]) -> JSON {
    .object(
      names.map { name in
        switch name {
        case "sourceIp": JSON.Member(name: name, value: .string(request.sourceIP))
        case "userAgent": JSON.Member(name: name, value: request.header("User-Agent").map { .string($0) } ?? .null)
        default: JSON.Member(name: name, value: request.user?.identity(name).map { .string($0) } ?? .null)
        }
      })
  }
}

extension Timestamp {
  /// The time in Apache's Common Log Format, used by `$context.requestTime`: `23/Nov/2026:06:20:57 +0000`.
  var commonLog: String {
    let fields = rfc3339.split { "-T:.Z".contains($0) }
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let month = Int(fields[1]).map { months[$0 - 1] } ?? ""
    return "\(fields[2])/\(month)/\(fields[0]):\(fields[3]):\(fields[4]):\(fields[5]) +0000"
  }
}
