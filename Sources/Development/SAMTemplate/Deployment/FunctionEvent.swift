/// An event of type Api or HttpApi: a route from an API to a function.
struct FunctionEvent {
  /// The function's logical id.
  let function: String
  /// Api or HttpApi.
  let kind: ImplicitAPI
  /// The event's properties.
  let properties: TemplateValue
}

/// The APIs that SAM adds for events that don't name an API.
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
