/// The APIs that SAM adds to a template for functions' events that name none.
enum ImplicitAPI {
  case rest, http

  /// The logical id that SAM gives it.
  var logicalID: String {
    switch self {
    case .rest: "ServerlessRestApi"
    case .http: "ServerlessHttpApi"
    }
  }

  /// The stage that SAM gives it.
  var stage: String {
    switch self {
    case .rest: "Prod"
    case .http: "$default"
    }
  }

  /// The kind of API.
  var kind: APIKind {
    switch self {
    case .rest: .rest
    case .http: .http
    }
  }
}
