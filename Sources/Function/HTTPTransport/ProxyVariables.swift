package import Platform

/// Decides whether libcurl's messages about the environment's proxies are safe to log.
///
/// libcurl reads the variables itself.
package struct ProxyVariables: Sendable {
  /// The variable that names the proxy, if its URL is ambiguous: part of the password may be read as a host or a port.
  let unclear: String?

  /// The variables that libcurl reads for `https`, or for `http`.
  package init(environment: Environment, isSecure: Bool) {
    let names = (isSecure ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]) + ["all_proxy", "ALL_PROXY"]
    let variable = names.first { environment[$0] != nil }
    unclear = variable.flatMap { name in environment[name].map(Self.isClear) == false ? name : nil }
  }

  /// libcurl's own message, or the general one if its own may quote part of the user name or password.
  func safe(_ words: String, or general: String) -> String {
    unclear.map { "\(general); if it is through a proxy, check \($0): percent-encode its user info" } ?? words
  }

  /// Whether a value is an unambiguous URL: a host, with an optional scheme, user info and port.
  static func isClear(_ text: String) -> Bool {
    var rest = text.utf8[...]
    for scheme in ["http", "https", "socks4", "socks4a", "socks5", "socks5h"] {
      let start = "\(scheme)://"
      if String(Substring(rest.prefix(start.utf8.count))).equalsIgnoringASCIICase(start) {
        rest = rest.dropFirst(start.utf8.count)
        break
      }
    }
    if let at = rest.firstIndex(of: UInt8(ascii: "@")) {
      guard rest[..<at].allSatisfy({ $0.isUnreserved || "%:!$&'()*+,;=".utf8.contains($0) }) else { return false }
      rest = rest[rest.index(after: at)...]
    }
    return HTTPURL("http://\(Substring(rest))").map { $0.path.isEmpty || $0.path == "/" } == true
  }
}
