internal import LocalLambda
internal import HTTPTypes
internal import LocalServer
internal import Platform

/// The headers that reach an integration: the client's, except those that end at the gateway, plus the gateway's own.
/// They are used in proxy events and, in the format of a REST API, in `$input.params()`.
struct ProxyHeaders {
  /// The fields, in the format's order and spelling.
  let fields: [(name: String, values: [String])]

  /// The headers for a request in a format.
  init(of request: ClientRequest, _ format: PayloadFormat, _ traceID: TraceID) {
    let forwarded = request.headers.values("X-Forwarded-For") + [request.sourceIP]
    let withheld = Self.dropped(by: format).union(Self.replaced)
    var headers = request.headers.filter { !withheld.contains($0.name.canonicalName) }
      .map { (name: $0.name.rawName, value: $0.value) }
    headers += [
      ("Host", request.host), ("X-Amzn-Trace-Id", traceID.root), ("X-Forwarded-For", forwarded.joined(separator: ", ")),
      ("X-Forwarded-Port", Self.port(of: request.host)), ("X-Forwarded-Proto", "http"),
    ]
    // An HTTP API sets the length even without a body; a function URL passes on the client's header.
    if format == .httpV1 || format == .httpV2 { headers.append(("Content-Length", String(request.body.count))) }
    var fields: [(name: String, values: [String])] = []
    var indexes: [String: Int] = [:]
    for header in headers {
      let lowerCase = header.name.lowercased()
      if let index = indexes[lowerCase] {
        fields[index].values.append(header.value)
      } else {
        indexes[lowerCase] = fields.count
        fields.append((Self.spelling(of: header.name, in: format), [header.value]))
      }
    }
    self.fields = fields.sorted {
      format == .rest ? $0.name.lowercased() < $1.name.lowercased() : $0.name < $1.name
    }
  }

  /// The headers that don't reach a function, in lower case.
  private static func dropped(by format: PayloadFormat) -> Set<String> {
    let hopByHop: Set = ["connection", "expect", "te", "trailer", "transfer-encoding", "upgrade"]
    switch format {
    case .rest:
      return hopByHop.union([
        "content-length", "content-md5", "max-forwards", "proxy-authenticate", "server", "www-authenticate",
      ])
    case .httpV1: return hopByHop.union(["content-length"])
    case .httpV2: return hopByHop.union(["content-length", "cookie"])
    case .functionURL: return hopByHop
    }
  }

  /// The headers that the gateway always sets itself, in lower case.
  private static let replaced: Set = [
    "host", "x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto",
  ]

  /// A name in a format's spelling. REST APIs and format 1.0 keep the client's case, except for these names.
  private static func spelling(of name: String, in format: PayloadFormat) -> String {
    let lowerCase = name.lowercased()
    switch (format, lowerCase) {
    case (.httpV2, _), (.functionURL, _): return lowerCase
    case (_, "authorization"): return "Authorization"
    case (_, "user-agent"): return "User-Agent"
    case (.httpV1, "content-type"): return "Content-Type"
    default: return name
    }
  }

  /// The port in a Host header; by default 80.
  private static func port(of host: String) -> String {
    guard let colon = host.lastIndex(of: ":") else { return "80" }
    let port = host[host.index(after: colon)...]
    return port.isEmpty || !port.utf8.allSatisfy(\.isDigit) ? "80" : String(port)
  }
}
