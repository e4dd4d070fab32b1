internal import Platform
internal import VelocityTemplate

/// The parameters of a REST API's method request, as templates and parameter mappings see them.
struct MethodParameters: Sendable {
  /// A name and its values in their order, of which the last is the parameter's.
  typealias Parameter = (name: String, values: [String])

  /// The path parameters, percent-encoded as they were sent.
  let path: [Parameter]
  /// The query parameters, decoded.
  let query: [Parameter]
  /// The headers in the client's case, Host and what API Gateway adds among them.
  let headers: [Parameter]

  /// The parameters of a request that found its route; the trace id is the header's value.
  init(_ routed: RoutedRequest, traceID: String) {
    let request = routed.request
    path = routed.pathParameters.map { ($0.name, [$0.value]) }
    query = QueryString(request.query).parameters
    let forwarded = request.headers.filter { $0.name.lowercased() == "x-forwarded-for" }.map(\.value)
    let port = HTTPURL("http://\(request.host)")?.port ?? 80
    let own: [Parameter] = [
      ("Host", [request.host]), ("X-Amzn-Trace-Id", [traceID]),
      ("X-Forwarded-For", [(forwarded + [request.sourceIP]).joined(separator: ", ")]),
      ("X-Forwarded-Port", [String(port)]), ("X-Forwarded-Proto", ["http"]),
    ]
    let hidden = Self.dropped.union(own.map { $0.name.lowercased() })
    var fields: [Parameter] = []
    var indexes: [String: Int] = [:]
    for header in request.headers {
      let name = header.name.lowercased()
      if hidden.contains(name) { continue }
      if let index = indexes[name] {
        fields[index].values.append(header.value)
      } else {
        indexes[name] = fields.count
        fields.append((header.name, [header.value]))
      }
    }
    headers = fields + own
  }

  /// In lower case, the headers that end at the gateway.
  private static let dropped: Set<String> = [
    "connection", "content-length", "content-md5", "expect", "max-forwards", "proxy-authenticate", "server", "te",
    "trailer", "transfer-encoding", "upgrade", "www-authenticate",
  ]

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
