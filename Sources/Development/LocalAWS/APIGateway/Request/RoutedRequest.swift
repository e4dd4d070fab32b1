/// A request that has found its route.
struct RoutedRequest: Sendable {
  /// A path parameter: its name, and its value as the API's kind delivers it.
  typealias PathParameter = (name: String, value: String)

  let request: ClientRequest
  let api: API
  let route: Route
  /// Still percent-encoded in a REST API, decoded in an HTTP API.
  let pathParameters: [PathParameter]
}
