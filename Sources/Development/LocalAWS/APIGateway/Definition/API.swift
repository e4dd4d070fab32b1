internal import Batch

/// An API of a template.
struct API: Sendable {
  /// Which of API Gateway's two products it is.
  enum Kind: Hashable, Sendable {
    case rest, http
    /// A function's own URL: one `$default` route, with payload format 2.0.
    case functionURL
  }

  /// The logical id in the template.
  let logicalID: String
  /// The kind.
  let kind: Kind
  /// The id in its domain name.
  let id: String
  /// The region.
  let region: String
  /// The stage's name; `$default` for an HTTP API that names none.
  var stage: String
  /// The stage's variables.
  var stageVariables: [String: String] = [:]
  /// The media types that a REST API treats as binary; `*/*` matches all.
  var binaryMediaTypes: [String] = []
  /// The routes.
  var routes: [Route] = []
  /// What the template says about answers of the gateway itself, for REST APIs.
  var gatewayResponses: [GatewayResponseType: GatewayResponse] = [:]

  /// The largest body of a request or of an integration's answer, in bytes.
  static let maximumBodySize = 10 * 1024 * 1024

  /// The name of the domain that it would have in AWS.
  var domainName: String {
    switch kind {
    case .rest, .http: "\(id).execute-api.\(region).\(Partition(region: region).domain)"
    case .functionURL: "\(id).lambda-url.\(region).on.aws"
    }
  }

  /// The id of an API by its logical id: 10 lower-case letters and digits.
  static func id(_ logicalID: String) -> String { StableID.of(logicalID, length: 10) }
}
