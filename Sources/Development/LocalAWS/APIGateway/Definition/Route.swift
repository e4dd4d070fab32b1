/// A method on a path of an API, or `$default`.
struct Route: Sendable {
  /// The method in upper case; nil for ANY.
  let method: String?
  /// The path, such as `/jobs/{jobQueue}/{jobDefinition}`; nil for the `$default` route of an HTTP API.
  let path: PathTemplate?
  /// Where its requests go.
  var integration: Integration
  /// What is checked of a request before, in a REST API.
  var validation: RequestValidation?
  /// Whether callers have to sign with IAM; not enforced here.
  var requiresIAM = false
  /// Whether callers have to send an API key; not enforced here.
  var requiresAPIKey = false

  /// As in `POST /jobs/{jobQueue}`, `ANY /jobs` or `$default`: the route key of an HTTP API.
  var key: String { path.map { "\(method ?? "ANY") \($0)" } ?? "$default" }
}
