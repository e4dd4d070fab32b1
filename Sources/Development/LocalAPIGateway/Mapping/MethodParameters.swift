internal import LocalLambda
internal import VelocityTemplate

/// The parameters of a REST API's method request, as seen by mapping templates and parameter mappings.
struct MethodParameters: Sendable {
  /// A name and its values in order. The last one counts where a single value is needed.
  typealias Parameter = (name: String, values: [String])

  /// The path parameters, still percent-encoded.
  let path: [Parameter]
  /// The query parameters, decoded.
  let query: [Parameter]
  /// The headers, including those that API Gateway adds.
  let headers: [Parameter]

  /// The parameters of a request.
  init(_ request: ClientRequest, pathParameters: [RoutedRequest.PathParameter], traceID: TraceID) {
    path = pathParameters.map { ($0.name, [$0.value]) }
    query = QueryString(request.query).parameters
    headers = ProxyHeaders(of: request, .rest, traceID).fields
  }

  /// The value of `$input.params(name)`: that of a path parameter, or else a query parameter, or else a header. Empty
  /// values are skipped.
  subscript(name: String) -> String? {
    [path(name), query(name).last, headers(name).last].compactMap(\.self).first { !$0.isEmpty }
  }

  /// The value of a path parameter.
  func path(_ name: String) -> String? { path.first { $0.name == name }?.values.last }

  /// The values of a query parameter.
  func query(_ name: String) -> [String] { query.first { $0.name == name }?.values ?? [] }

  /// The values of a header; its name is case-insensitive.
  func headers(_ name: String) -> [String] {
    headers.first { $0.name.lowercased() == name.lowercased() }?.values ?? []
  }

  /// The value of `$input.params()`: a new map each time.
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
