internal import SAMTemplate

/// A request with its route.
struct RoutedRequest: Sendable {
  /// The name and value of a path parameter.
  typealias PathParameter = (name: String, value: String)

  let request: ClientRequest
  let api: APIDefinition
  let route: Route
  /// The path parameters; values are still percent-encoded in a REST API, and decoded in an HTTP API.
  let pathParameters: [PathParameter]

  /// The data of `$context` for the request.
  var context: RequestContext {
    RequestContext(request: request, api: api, resourcePath: route.path?.description ?? "")
  }
}
