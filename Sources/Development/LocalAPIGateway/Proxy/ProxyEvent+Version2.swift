internal import Foundation
internal import HTTPTypes
internal import JSONTree
internal import LocalLambda
internal import LocalServer
internal import Platform
internal import SAMTemplate

extension ProxyEvent {
  /// The event of payload format 2.0. Missing members are left out instead of null.
  var version2: JSON {
    let query = QueryString(request.query).parameters
    let (cookies, rawPath) = (cookies, format == .functionURL ? request.path : request.decodedPath)
    var members: [JSON.Member] = []
    func add(_ name: String, _ value: JSON?) {
      if let value { members.append(JSON.Member(name: name, value: value)) }
    }
    add("version", .string("2.0"))
    add("routeKey", .string(routed.routeKey))
    add("rawPath", .string(rawPath))
    add("rawQueryString", .string(request.query ?? ""))
    add("cookies", cookies.isEmpty ? nil : .array(cookies.map { .string($0) }))
    add("headers", .strings(headers.fields.map { ($0.name, $0.values.joined(separator: ",")) }))
    add(
      "queryStringParameters",
      query.isEmpty ? nil : .strings(query.map { ($0.name, $0.values.joined(separator: ",")) }))
    add("requestContext", context)
    add("pathParameters", routed.pathParameters.isEmpty ? nil : .strings(routed.pathParameters))
    add("stageVariables", stageVariables)
    add("body", body.map { .string($0.text) })
    add("isBase64Encoded", .boolean(body?.isBase64Encoded ?? false))
    return .object(members)
  }

  /// The stage's variables by name; nil if it has none.
  var stageVariables: JSON? {
    api.stageVariables.isEmpty
      ? nil : .strings(api.stageVariables.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  private var context: JSON {
    let isURL = format == .functionURL
    let user = request.user
    var members = JSON.Member.list([
      "accountId": .string(isURL && user == nil ? "anonymous" : Account.id),
      "apiId": .string(api.id),
      "domainName": .string(api.domainName),
      "domainPrefix": .string(api.id),
      "http": .members([
        "method": .string(request.method),
        "path": .string(request.decodedPath),
        "protocol": .string("HTTP/1.1"),
        "sourceIp": .string(request.sourceIP),
        "userAgent": .string(request.header("User-Agent") ?? ""),
      ]),
      "requestId": .string(isURL ? request.id : request.extendedID),
      "routeKey": .string(routed.routeKey),
      "stage": .string(api.stage),
      "time": .string(request.time.commonLog),
      "timeEpoch": .number(String(request.time.milliseconds)),
    ])
    if let user { members.insert(JSON.Member(name: "authorizer", value: user.authorizer), at: 2) }
    return .object(members)
  }

  /// The cookies of all Cookie headers, each `name=value`.
  private var cookies: [String] {
    request.headers[values: .cookie]
      .flatMap { $0.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) } }
      .filter { !$0.isEmpty }
  }
}
