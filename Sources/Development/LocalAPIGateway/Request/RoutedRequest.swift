internal import SAMTemplate

/// A request together with the route found for it.
struct RoutedRequest: Sendable {
  /// A path parameter: its name, and its value as the API's kind delivers it.
  typealias PathParameter = (name: String, value: String)

  let request: ClientRequest
  let api: APIDefinition
  let route: Route
  /// Still percent-encoded in a REST API, decoded in an HTTP API.
  let pathParameters: [PathParameter]

  /// What `$context` says about the request.
  var context: RequestContext {
    RequestContext(request: request, api: api, resourcePath: route.path?.description ?? "")
  }
}
