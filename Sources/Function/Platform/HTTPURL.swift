/// An `http` or `https` URL, split into the parts that decide where a request goes.
///
/// Parsing is so strict that libcurl can't interpret the URL differently.
package struct HTTPURL: Equatable, Sendable {
  /// Whether it is `https`.
  package let isSecure: Bool
  /// The host's name or address in lower case; an IPv6 address is in brackets.
  package let host: String
  /// The port, 1 to 65535; nil for the scheme's default.
  package let port: Int?
  /// What follows the host and the port, query and fragment included, as written.
  package let path: String

  /// Nil unless the text is a scheme, a host, an optional port and a path. User info is rejected, because it can
  /// disguise the host.
  package init?(_ text: String) {
    // Byte by byte: a Character may be a delimiter combined with what comes before or after it.
    let bytes = text.utf8
    guard let scheme = ["http://", "https://"].first(where: { bytes.prefix($0.utf8.count).equalsIgnoringCase($0) })
    else {
      return nil
    }
    let rest = bytes.dropFirst(scheme.utf8.count)
    let authority = rest.prefix { !"/?#".utf8.contains($0) }
    let isBracketed = authority.first == UInt8(ascii: "[")
    let end =
      isBracketed
      ? authority.firstIndex(of: UInt8(ascii: "]")).map(authority.index(after:))
      : authority.firstIndex(of: UInt8(ascii: ":"))
    let host = authority[..<(end ?? authority.endIndex)]
    let portText = authority[host.endIndex...]
    guard isBracketed ? Self.isBracketedAddress(host) : Self.isName(host) else { return nil }
    if portText.isEmpty {
      port = nil
    } else {
      let digits = portText.dropFirst()
      guard portText.first == UInt8(ascii: ":"), digits.allSatisfy(\.isDigit),
        let number = Int(Substring(digits)), (1...65535).contains(number)
      else { return nil }
      port = number
    }
    let path = rest[authority.endIndex...]
    guard path.allSatisfy({ 0x20 < $0 && $0 < 0x7f }) else { return nil }
    isSecure = scheme == "https://"
    self.host = String(decoding: host.map(\.asciiLowercased), as: UTF8.self)
    self.path = String(Substring(path))
  }

  /// The host, and the port if there is one: the value of the Host header.
  package var authority: String { port.map { "\(host):\($0)" } ?? host }

  /// The URL without its path.
  package var origin: String { "\(isSecure ? "https" : "http")://\(authority)" }

  /// Whether the host is this machine: `localhost`, `[::1]`, or an address in 127.0.0.0/8 in its canonical form.
  /// libcurl reads a number with a leading zero as octal.
  package var isLoopback: Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0).map(String.init) == String($0) }
  }

  /// The path without its trailing slash; nil if normalizing or encoding would change it, because then the client, the
  /// server and the signature may disagree about the path.
  package var plainPath: String? {
    let segments = path.split(separator: "/")
    for segment in segments {
      guard segment != ".", segment != "..", segment.utf8.allSatisfy(\.isUnreserved) else { return nil }
    }
    return segments.map { "/\($0)" }.joined()
  }

  private static func isName(_ host: Substring.UTF8View) -> Bool {
    !host.isEmpty && host.allSatisfy { $0.isAlphanumeric || "-._".utf8.contains($0) }
  }

  private static func isBracketedAddress(_ host: Substring.UTF8View) -> Bool {
    let address = host.dropFirst().dropLast()
    return host.last == UInt8(ascii: "]") && address.contains(UInt8(ascii: ":"))
      && address.allSatisfy { $0.hexadecimalValue != nil || ":.".utf8.contains($0) }
  }
}

extension Substring.UTF8View {
  fileprivate func equalsIgnoringCase(_ text: String) -> Bool { String(Substring(self)).equalsIgnoringASCIICase(text) }
}
