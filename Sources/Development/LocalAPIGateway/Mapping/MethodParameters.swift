internal import LocalLambda
internal import VelocityTemplate

/// The parameters of a REST API's method request, as templates and parameter mappings see them.
struct MethodParameters: Sendable {
  /// A name and its values in their order, of which the last is the parameter's.
  typealias Parameter = (name: String, values: [String])

  /// The path parameters, percent-encoded as they were sent.
  let path: [Parameter]
  /// The query parameters, decoded.
  let query: [Parameter]
  /// The headers, those that API Gateway adds among them.
  let headers: [Parameter]

  /// The parameters of a request.
  init(_ request: ClientRequest, pathParameters: [RoutedRequest.PathParameter], traceID: TraceID) {
    path = pathParameters.map { ($0.name, [$0.value]) }
    query = QueryString(request.query).parameters
    headers = ProxyHeaders(of: request, .rest, traceID).fields
  }

  /// The value that `$input.params(name)` has: a path parameter's, or else a query parameter's, or else a header's.
  /// A parameter without a value counts for nothing.
  subscript(name: String) -> String? {
    [path(name), query(name).last, headers(name).last].compactMap(\.self).first { !$0.isEmpty }
  }

  /// The value of a path parameter.
  func path(_ name: String) -> String? { path.first { $0.name == name }?.values.last }

  /// The values of a query parameter.
  func query(_ name: String) -> [String] { query.first { $0.name == name }?.values ?? [] }

  /// The values of a header, in any case.
  func headers(_ name: String) -> [String] {
    headers.first { $0.name.lowercased() == name.lowercased() }?.values ?? []
  }

  /// What `$input.params()` gives: a map of its own each time.
  var map: VelocityMap {
    VelocityMap([
      "path": .map(Self.map(path)), "querystring": .map(Self.map(query)), "header": .map(Self.map(headers)),
    ])
  }

  private static func map(_ parameters: [Parameter]) -> VelocityMap {
    let map = VelocityMap()
    for parameter in parameters { map[parameter.name] = .string(parameter.values.last ?? "") }
    return map
  }
}
