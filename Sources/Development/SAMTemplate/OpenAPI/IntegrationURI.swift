/// The target of an integration's `uri`.
enum IntegrationURI: Hashable {
  /// A Lambda function, by the name in its ARN.
  case function(String)
  /// A path of a service's API, called path override in the console.
  case path(service: String, region: String, path: String)
  /// An action of a service's query API.
  case action(service: String, action: String)

  /// Parses a `uri`; nil if it is something else.
  ///
  /// An HTTP API accepts a function's plain ARN as well as the form that a REST API requires:
  /// `arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations`.
  init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6, parts[0] == "arn" else { return nil }
    if parts[2] == "lambda" {
      guard let name = Self.functionName(in: text) else { return nil }
      self = .function(name)
      return
    }
    guard parts[2] == "apigateway" else { return nil }
    let (service, rest) = (parts[4], parts[5])
    if service == "lambda", rest.hasPrefix("path/"), let start = rest.firstRange(of: "/functions/"),
      rest.hasSuffix("/invocations")
    {
      let arn = rest[start.upperBound...].dropLast("/invocations".count)
      guard let name = Self.functionName(in: String(arn)) else { return nil }
      self = .function(name)
    } else if rest.hasPrefix("path/") {
      // Public templates have either one or two slashes here.
      self = .path(service: service, region: parts[3], path: "/" + rest.dropFirst("path/".count).drop { $0 == "/" })
    } else if rest.hasPrefix("action/") {
      let action = rest.dropFirst("action/".count).prefix { $0 != "&" }
      self = .action(service: service, action: String(action))
    } else {
      return nil
    }
  }

  /// The name in a function's ARN, or in a partial one, with or without a version or an alias: as in
  /// `arn:aws:lambda:us-east-1:123456789012:function:NAME`, `123456789012:function:NAME` and `function:NAME:live`.
  static func functionName(in arn: String) -> String? {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    guard let index = parts.firstIndex(of: "function"), (index + 2...index + 3).contains(parts.count),
      index < 2 || index == 5 && parts[0] == "arn" && parts[2] == "lambda"
    else { return nil }
    return String(parts[index + 1])
  }
}
