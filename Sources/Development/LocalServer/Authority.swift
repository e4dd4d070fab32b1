internal import Platform

/// A host with an optional port, as in a `Host` header: `localhost:3000`, `[::1]:3000`.
struct Authority {
  /// The host in lower case, without a final dot; an IPv6 address in brackets.
  let host: String
  /// The port's digits; nil without a port.
  let port: Substring?

  /// Nil unless the text is a name or an address, and at most five digits after a colon.
  init?(_ text: some StringProtocol) {
    let text = Substring(text)
    let bytes = text.utf8
    let end =
      bytes.first == UInt8(ascii: "[")
      ? bytes.firstIndex(of: UInt8(ascii: "]")).map(bytes.index(after:)) : bytes.firstIndex(of: UInt8(ascii: ":"))
    var host = text[..<(end ?? text.endIndex)]
    let rest = text[host.endIndex...]
    if rest.isEmpty {
      port = nil
    } else {
      let digits = rest.utf8.dropFirst()
      guard rest.hasPrefix(":"), 1...5 ~= digits.count, digits.allSatisfy(\.isDigit) else { return nil }
      port = Substring(digits)
    }
    if host.last == "." { host.removeLast() }
    let isAddress = host.hasPrefix("[") && host.hasSuffix("]")
    guard !host.isEmpty,
      (isAddress ? host.dropFirst().dropLast() : host).utf8.allSatisfy({
        $0.isAlphanumeric || (isAddress ? ":." : "-._").utf8.contains($0)
      })
    else { return nil }
    self.host = host.lowercased()
  }

  /// Whether the host can only be this machine: `localhost` and the names below it, 127.0.0.0/8 and ::1.
  var isLoopback: Bool {
    if host == "127.0.0.1" || host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}

/// The origin of a page, as in an `Origin` header: `https://example.com:8443`.
struct Origin {
  /// The whole origin in lower case.
  let text: String
  /// The host and port.
  let authority: String
  /// Whether it is a web page's, rather than, for example, a browser extension's.
  let isWeb: Bool
  /// Whether it is a web page's of this machine.
  let isLoopback: Bool

  /// Nil unless the text is a scheme, `://`, and a host with an optional port.
  init?(_ text: String) {
    let text = text.lowercased()
    guard let separator = text.firstRange(of: "://"), let authority = Authority(text[separator.upperBound...]) else {
      return nil
    }
    let scheme = text[..<separator.lowerBound]
    guard !scheme.isEmpty, scheme.utf8.allSatisfy({ $0.isAlphanumeric || "+-.".utf8.contains($0) }) else { return nil }
    self.text = text
    self.authority = String(text[separator.upperBound...])
    isWeb = scheme == "http" || scheme == "https"
    isLoopback = isWeb && authority.isLoopback
  }
}
