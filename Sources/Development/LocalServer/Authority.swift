internal import Glibc
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
      guard rest.hasPrefix(":"), digits.count <= 5, digits.allSatisfy(\.isDigit) else { return nil }
      // RFC 3986 allows a colon without a port.
      port = digits.isEmpty ? nil : Substring(digits)
    }
    if host.hasPrefix("[") {
      guard Self.address(host) != nil else { return nil }
    } else {
      if host.last == "." { host.removeLast() }
      guard Self.isName(host) else { return nil }
    }
    self.host = host.lowercased()
  }

  /// Whether the host can only be this machine: `localhost` and the names below it, 127.0.0.0/8 and ::1, however they
  /// are written in IPv6.
  var isLoopback: Bool {
    if host == "127.0.0.1" || host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" { return true }
    if host.hasPrefix("[") {
      guard let address = Self.address(host[...]) else { return false }
      return address == [UInt8](repeating: 0, count: 15) + [1]
        || address.starts(with: [UInt8](repeating: 0, count: 10) + [0xff, 0xff, 127])
    }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// Whether a text consists of labels of a host name, with dots between them.
  private static func isName(_ text: Substring) -> Bool {
    text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      !label.isEmpty && label.allSatisfy { $0.isAlphanumeric || "-_".utf8.contains($0) }
    }
  }

  /// The bytes of an IPv6 address in brackets; nil if it isn't one.
  private static func address(_ text: Substring) -> [UInt8]? {
    guard text.hasSuffix("]") else { return nil }
    var bytes = [UInt8](repeating: 0, count: 16)
    return inet_pton(AF_INET6, String(text.dropFirst().dropLast()), &bytes) == 1 ? bytes : nil
  }
}

/// The origin of a page, as in an `Origin` header: `https://example.com:8443`.
struct Origin {
  /// The whole origin as browsers write it: in lower case, without the scheme's default port.
  let text: String
  /// Whether it is a web page's of this machine.
  let isLoopback: Bool
  private let scheme: String

  /// Nil unless the text is a scheme, `://`, and a host with an optional port.
  init?(_ text: String) {
    let text = text.lowercased()
    guard let separator = text.firstRange(of: "://"), let authority = Authority(text[separator.upperBound...]) else {
      return nil
    }
    let scheme = String(text[..<separator.lowerBound])
    guard !scheme.isEmpty, scheme.utf8.allSatisfy({ $0.isAlphanumeric || "+-.".utf8.contains($0) }) else { return nil }
    let port = authority.port.flatMap { String($0) == Self.defaultPorts[scheme] ? nil : ":\($0)" }
    self.text = "\(scheme)://\(authority.host)\(port ?? "")"
    self.scheme = scheme
    isLoopback = Self.defaultPorts[scheme] != nil && authority.isLoopback
  }

  /// Whether it is a web page's, rather than, for example, a browser extension's, that a server with this `Host` sent.
  func isServed(by host: String) -> Bool {
    Self.defaultPorts[scheme] != nil && Origin("\(scheme)://\(host)")?.text == text
  }

  /// The ports that browsers leave out, by the schemes of web pages.
  private static let defaultPorts = ["http": "80", "https": "443"]
}
