internal import SAMTemplate

/// A compiled API: its definition, and routes whose mapping templates, patterns and models are parsed.
struct API: Sendable {
  /// The API as the template defines it.
  let definition: APIDefinition
  /// The routes, in the template's order.
  let routes: [Route]

  /// Compiles a definition.
  ///
  /// - Throws: `TemplateFileError`, which names the place of a mapping template, pattern, expression or model that
  ///   can't be parsed.
  init(_ definition: APIDefinition) throws {
    self.init(definition, routes: try definition.routes.map { try Route($0) })
  }

  init(_ definition: APIDefinition, routes: [Route]) {
    self.definition = definition
    self.routes = routes
  }

  /// The largest body of a request or of an integration's response, in bytes.
  static let maximumBodySize = 10 * 1024 * 1024
}

/// A compiled route.
struct Route: Sendable {
  /// The method in upper case; nil for ANY.
  let method: String?
  /// The path, such as `/jobs/{jobQueue}/{jobDefinition}`; nil for the `$default` route of an HTTP API.
  let path: PathTemplate?
  /// Where its requests go.
  let integration: Integration
  /// The checks before the integration; nil for none.
  let validation: RequestValidation?
  /// Whether it has IAM authorization. It isn't enforced, but it is what identifies senders.
  let requiresIAM: Bool

  /// Compiles a definition.
  init(_ definition: RouteDefinition) throws {
    self.init(
      method: definition.method, path: definition.path, integration: try Integration(definition.integration),
      validation: try definition.validator.map { try RequestValidation($0) }, requiresIAM: definition.requiresIAM)
  }

  init(
    method: String?, path: PathTemplate?, integration: Integration, validation: RequestValidation? = nil,
    requiresIAM: Bool = false
  ) {
    self.method = method
    self.path = path
    self.integration = integration
    self.validation = validation
    self.requiresIAM = requiresIAM
  }

  /// The route key of an HTTP API, as in `POST /jobs/{jobQueue}`, `ANY /jobs` or `$default`.
  var key: String { PathTemplate.key(method, path) }
}

/// Where a route's requests go.
enum Integration: Sendable {
  /// `aws_proxy`: the whole request goes to a function, named by its logical id, as an event.
  case lambdaProxy(function: String, payloadFormat: PayloadFormatVersion, timeout: Duration)
  /// `aws`: a call to an AWS service, built by mapping templates.
  case service(ServiceAction, MappedIntegration)
  /// `mock`: a response from the gateway itself.
  case mock(MappedIntegration)
  /// An integration that isn't emulated; the text describes it. Its requests get a configuration error.
  case unsupported(String)

  /// Compiles a definition.
  init(_ definition: IntegrationDefinition) throws {
    switch definition {
    case .lambdaProxy(let function, let payloadFormat, let timeout):
      self = .lambdaProxy(function: function, payloadFormat: payloadFormat, timeout: timeout)
    case .service(let action, let mapped): self = .service(action, try MappedIntegration(mapped))
    case .mock(let mapped): self = .mock(try MappedIntegration(mapped))
    case .unsupported(let what): self = .unsupported(what)
    }
  }

  /// The type.
  var kind: IntegrationKind {
    switch self {
    case .lambdaProxy: .lambdaProxy
    case .service: .service
    case .mock: .mock
    case .unsupported: .unsupported
    }
  }
}
