/// An `http` or `https` URL in the parts that decide where a request goes, read so strictly that libcurl can't read it
/// otherwise.
public struct HTTPURL: Hashable, Sendable {
  /// Whether it is `https`.
  public let isSecure: Bool
  /// The host's name or address in lower case, an address of IPv6 in brackets.
  public let host: String
  /// The port, 1 to 65535; nil when it is the scheme's own.
  public let port: Int?
  /// What follows the host and the port, query and fragment included, as it was written.
  public let path: String

  /// Nil for anything else than a scheme, a host, a port if need be, and what follows them. There is no user in it, who
  /// could make one host look like another.
  public init?(_ text: String) {
    let lowercased = text.lowercased()
    guard let scheme = ["http://", "https://"].first(where: lowercased.hasPrefix) else { return nil }
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { !"/?#".contains($0) }
    let isBracketed = authority.hasPrefix("[")
    let end = isBracketed ? authority.firstIndex(of: "]").map(authority.index(after:)) : authority.firstIndex(of: ":")
    let host = authority[..<(end ?? authority.endIndex)]
    let portText = authority[host.endIndex...]
    guard isBracketed ? Self.isBracketedAddress(host) : Self.isName(host) else { return nil }
    if portText.isEmpty {
      port = nil
    } else {
      let digits = portText.dropFirst().utf8
      guard portText.hasPrefix(":"), digits.allSatisfy(\.isDigit),
        let number = Int(portText.dropFirst()), (1...65535).contains(number)
      else { return nil }
      port = number
    }
    isSecure = scheme == "https://"
    self.host = host.lowercased()
    path = String(rest.dropFirst(authority.count))
    guard path.utf8.allSatisfy({ 0x20 < $0 && $0 < 0x7f }) else { return nil }
  }

  /// The host, and the port where there is one: the value of the Host header.
  public var authority: String { port.map { "\(host):\($0)" } ?? host }

  /// The URL without its path.
  public var origin: String { "\(isSecure ? "https" : "http")://\(authority)" }

  /// The path without the slash at its end; nil when tidying it up or encoding it would change it, so that a client, a
  /// server and a signature may each have another in mind.
  public var plainPath: String? {
    let segments = path.split(separator: "/")
    for segment in segments {
      guard segment != ".", segment != "..", segment.utf8.allSatisfy(\.isUnreserved) else { return nil }
    }
    return segments.map { "/\($0)" }.joined()
  }

  private static func isName(_ host: Substring) -> Bool {
    !host.isEmpty && host.utf8.allSatisfy { $0.isAlphanumeric || "-._".utf8.contains($0) }
  }

  private static func isBracketedAddress(_ host: Substring) -> Bool {
    let address = host.dropFirst().dropLast().utf8
    return host.hasSuffix("]") && address.contains(UInt8(ascii: ":"))
      && address.allSatisfy { $0.hexadecimalValue != nil || ":.".utf8.contains($0) }
  }
}
