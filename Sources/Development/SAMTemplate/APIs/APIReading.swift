/// An API while it is read, with what its events' routes depend on.
struct APIReading {
  var api: APIDefinition
  /// Whether events add routes: not where a document of its own says what the routes are.
  var takesEvents: Bool
  /// `Auth`.
  var auth = APIAuth()
  /// The OpenAPI document, or an empty one with the models that `Models` adds.
  var document: OpenAPIDocument
}

/// What `Auth` of an API says for every route: who may call is not enforced here, only said.
struct APIAuth {
  /// `DefaultAuthorizer`; nil when none is.
  var defaultAuthorizer: String?
  /// `ApiKeyRequired`.
  var requiresAPIKey = false
  /// `AddDefaultAuthorizerToCorsPreflight`.
  var coversPreflight = true

  /// Nothing is required.
  init() {}

  /// Reads `Auth`.
  init(_ auth: TemplateValue) throws {
    defaultAuthorizer = try auth["DefaultAuthorizer"]?.text()
    requiresAPIKey = try auth["ApiKeyRequired"]?.boolean() ?? false
    coversPreflight = try auth["AddDefaultAuthorizerToCorsPreflight"]?.boolean() ?? true
    if let authorizers = try auth["Authorizers"] { authorizers.warn("not run here: every caller is let in") }
    auth.warn(ofKeysBeyond: [
      "AddApiKeyRequiredToCorsPreflight", "AddDefaultAuthorizerToCorsPreflight", "ApiKeyRequired", "Authorizers",
      "DefaultAuthorizer", "EnableIamAuthorizer", "InvokeRole", "ResourcePolicy", "UsagePlan",
    ])
  }

  /// Puts the defaults on a route that says nothing itself.
  func apply(to route: inout RouteDefinition) {
    guard route.method != "OPTIONS" || coversPreflight else { return }
    if defaultAuthorizer == "AWS_IAM" { route.requiresIAM = true }
    if requiresAPIKey { route.requiresAPIKey = true }
  }
}
