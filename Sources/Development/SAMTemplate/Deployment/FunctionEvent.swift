/// An event of type Api or HttpApi: a route from an API to a function or a state machine.
struct FunctionEvent {
  /// Where the route's requests go.
  enum Target {
    /// A function, by its logical id.
    case function(String)
    /// Something that can't run here; the text says why.
    case unsupported(String)
  }

  /// Where the route's requests go.
  let target: Target
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
