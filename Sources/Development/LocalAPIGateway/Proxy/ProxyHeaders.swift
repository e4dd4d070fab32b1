internal import LocalLambda
internal import HTTPTypes
internal import Platform

/// The header fields that reach an integration: the client's, without those that end at the gateway, and the gateway's
/// own. A proxy event has them, and, in a REST API's format, `$input.params()`.
struct ProxyHeaders {
  /// The fields sorted by name, as the format sorts and spells them.
  let fields: [(name: String, values: [String])]

  /// The fields for a request in a format.
  init(of request: ClientRequest, _ format: PayloadFormat, _ traceID: TraceID) {
    let forwarded = request.headers.values("X-Forwarded-For") + [request.sourceIP]
    let withheld = Self.dropped(by: format).union(Self.replaced)
    var headers = request.headers.filter { !withheld.contains($0.name.canonicalName) }
      .map { (name: $0.name.rawName, value: $0.value) }
    headers += [
      ("Host", request.host), ("X-Amzn-Trace-Id", traceID.root), ("X-Forwarded-For", forwarded.joined(separator: ", ")),
      ("X-Forwarded-Port", Self.port(of: request.host)), ("X-Forwarded-Proto", "http"),
    ]
    // An HTTP API tells the length even of no body; a function URL passes on what the client said.
    if format == .http1 || format == .http2 { headers.append(("Content-Length", String(request.body.count))) }
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

  /// In lower case, the headers that don't reach a function.
  private static func dropped(by format: PayloadFormat) -> Set<String> {
    let hopByHop: Set = ["connection", "expect", "te", "trailer", "transfer-encoding", "upgrade"]
    switch format {
    case .rest:
      return hopByHop.union([
        "content-length", "content-md5", "max-forwards", "proxy-authenticate", "server", "www-authenticate",
      ])
    case .http1: return hopByHop.union(["content-length"])
    case .http2: return hopByHop.union(["content-length", "cookie"])
    case .functionURL: return hopByHop
    }
  }

  /// In lower case, the headers that the gateway writes itself, whatever the client has sent.
  private static let replaced: Set = [
    "host", "x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto",
  ]

  /// A name as a format spells it: REST APIs and format 1.0 keep the client's case but for these names.
  private static func spelling(of name: String, in format: PayloadFormat) -> String {
    let lowerCase = name.lowercased()
    switch (format, lowerCase) {
    case (.http2, _), (.functionURL, _): return lowerCase
    case (_, "authorization"): return "Authorization"
    case (_, "user-agent"): return "User-Agent"
    case (.http1, "content-type"): return "Content-Type"
    default: return name
    }
  }

  /// The port in a Host header, or HTTP's own.
  private static func port(of host: String) -> String {
    guard let colon = host.lastIndex(of: ":") else { return "80" }
    let port = host[host.index(after: colon)...]
    return port.isEmpty || !port.utf8.allSatisfy(\.isDigit) ? "80" : String(port)
  }
}
