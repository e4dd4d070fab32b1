internal import Platform

/// The product that serves an API.
package enum APIKind: String, Hashable, Sendable, Codable, CustomStringConvertible {
  case rest = "REST"
  case http = "HTTP"
  /// A function's own URL: one `$default` route, with payload format 2.0.
  case functionURL = "function URL"

  /// As in `REST API`.
  package var description: String { self == .functionURL ? rawValue : "\(rawValue) API" }
}

/// An API as the template defines it.
package struct APIDefinition: Sendable {
  /// The logical id in the template.
  package let logicalID: String
  /// The kind.
  package let kind: APIKind
  /// The id in its domain name.
  package let id: String
  /// The region.
  package let region: String
  /// The logical id of the function whose URL this is; nil for an API.
  package var function: String?
  /// The stage's name; `$default` for an HTTP API that names none.
  package var stage: String
  /// The stage's variables.
  package var stageVariables: [String: String]
  /// The media types that a REST API treats as binary; `*/*` matches all.
  package var binaryMediaTypes: [String]
  /// The routes, in the template's order.
  package var routes: [RouteDefinition]
  /// The REST API's customized gateway responses.
  package var gatewayResponses: [GatewayResponseType: GatewayResponse]

  /// The HTTP API's own handling of CORS; nil without a configuration.
  package var cors: CORSDefinition?

  /// An API without routes.
  package init(
    logicalID: String, kind: APIKind, id: String, region: String, stage: String,
    stageVariables: [String: String] = [:], binaryMediaTypes: [String] = [], routes: [RouteDefinition] = [],
    gatewayResponses: [GatewayResponseType: GatewayResponse] = [:]
  ) {
    self.logicalID = logicalID
    self.kind = kind
    self.id = id
    self.region = region
    self.stage = stage
    self.stageVariables = stageVariables
    self.binaryMediaTypes = binaryMediaTypes
    self.routes = routes
    self.gatewayResponses = gatewayResponses
  }

  /// The status codes of final responses: the only ones that a template or a function may choose.
  package static let statuses = 200...599

  /// The domain name that the API would have in AWS.
  package var domainName: String {
    switch kind {
    case .rest, .http: "\(id).execute-api.\(region).\(Partition(region: region).domain)"
    case .functionURL: "\(id).lambda-url.\(region).on.aws"
    }
  }

  /// The id of an API, derived from its logical id: 10 lower-case letters and digits.
  package static func id(_ logicalID: String) -> String { StableID.of(logicalID, length: 10) }
}

/// Ids in the style of AWS. They are derived from a name, so that they are the same in every run.
package enum StableID {
  /// An id of lower-case letters and digits.
  package static func of(_ name: String, length: Int) -> String {
    // FNV-1a, 64 bits.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 36)
    return String((String(repeating: "0", count: length) + digits).suffix(length))
  }
}
