/// An API under construction, with the settings that its events' routes depend on.
struct APIReading {
  var api: APIDefinition
  /// Whether events add routes. They don't if an OpenAPI document defines the routes.
  var takesEvents: Bool
  /// The keys of the routes that events have added.
  var eventRoutes: Set<String> = []
  /// `Auth`.
  var auth = APIAuth()
  /// The OpenAPI document; without one, an empty document with the models of `Models`.
  var document: OpenAPIDocument
  /// `Cors` of a REST API.
  var preflight: PreflightMethod?
}

/// The defaults in an API's `Auth`. They are displayed, not enforced.
struct APIAuth {
  /// `DefaultAuthorizer`; nil if the API has none.
  var defaultAuthorizer: String?
  /// `ApiKeyRequired`.
  var requiresAPIKey = false
  /// `AddDefaultAuthorizerToCorsPreflight`.
  var authorizesPreflight = true
  /// `AddApiKeyRequiredToCorsPreflight`.
  var requiresAPIKeyOfPreflight = true

  /// No requirements.
  init() {}

  /// Reads `Auth`.
  init(_ auth: TemplateValue) throws {
    defaultAuthorizer = try auth["DefaultAuthorizer"]?.text()
    requiresAPIKey = try auth["ApiKeyRequired"]?.boolean() ?? false
    authorizesPreflight = try auth["AddDefaultAuthorizerToCorsPreflight"]?.boolean() ?? true
    requiresAPIKeyOfPreflight = try auth["AddApiKeyRequiredToCorsPreflight"]?.boolean() ?? true
    if let authorizers = try auth["Authorizers"] { authorizers.warn("not enforced; every request is accepted") }
    auth.warn(ofKeysBeyond: [
      "AddApiKeyRequiredToCorsPreflight", "AddDefaultAuthorizerToCorsPreflight", "ApiKeyRequired", "Authorizers",
      "DefaultAuthorizer", "EnableIamAuthorizer", "InvokeRole", "ResourcePolicy", "UsagePlan",
    ])
  }

  /// Applies the defaults to a route without settings of its own.
  func apply(to route: inout RouteDefinition) {
    let isPreflight = route.method == "OPTIONS"
    if defaultAuthorizer == "AWS_IAM", !isPreflight || authorizesPreflight { route.requiresIAM = true }
    if requiresAPIKey, !isPreflight || requiresAPIKeyOfPreflight { route.requiresAPIKey = true }
  }
}
