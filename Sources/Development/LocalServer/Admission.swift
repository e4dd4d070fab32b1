internal import NIOHTTP1
internal import Platform

/// The rule for who may use a local server: programs on this machine, and pages that this machine serves.
///
/// Any page in a browser can send requests to a loopback port: forms and plain text without asking, and anything once
/// its own name resolves to 127.0.0.1 (DNS rebinding). What a page can't do is change the `Host`, `Origin` and
/// `Sec-Fetch-Site` headers that the browser adds. A program that isn't a browser sends no `Origin`.
package struct Admission: Sendable {
  private let hosts: Set<String>
  private let origins: Set<String>
  /// Whether the command has options that admit more.
  private let hasOptions: Bool

  /// Admits loopback names and origins alone, for a command that has no options to admit others.
  package static let loopback = Admission(hosts: [], origins: [], hasOptions: false)

  /// Admits loopback names and origins, these host names, and pages of these origins. Its messages name the options
  /// `--allow-host` and `--allow-origin`.
  package init(hosts: [String], origins: [String]) {
    self.init(hosts: hosts, origins: origins, hasOptions: true)
  }

  private init(hosts: [String], origins: [String], hasOptions: Bool) {
    self.hosts = Set(hosts.compactMap { Authority($0)?.host })
    self.origins = Set(origins.compactMap { Origin($0)?.text })
    self.hasOptions = hasOptions
  }

  /// Whether a text can be admitted as a host: a name or an IP address, without a port; IPv6 in brackets.
  package static func isHost(_ text: String) -> Bool {
    Authority(text).map { $0.port == nil } ?? false
  }

  /// Whether a text can be admitted as an origin: as in `https://example.com:8443`, without a path. `null` can't,
  /// because it stands for every sandboxed page.
  package static func isOrigin(_ text: String) -> Bool {
    Origin(text) != nil
  }

  /// The reason for refusing a request; nil if it is admitted.
  func refusal(of head: HTTPRequestHead) -> Refusal? {
    var (hostCount, host, isFromOrigin, isCrossSite) = (0, "", false, false)
    for field in head.headers {
      // Most names differ from these in length, so they aren't compared.
      switch field.name.utf8.count {
      case 4 where field.name.lowercased() == "host":
        hostCount += 1
        host = field.value.trimmed
      case 14 where field.name.lowercased() == "sec-fetch-site":
        isCrossSite = isCrossSite || field.value.trimmed.lowercased() == "cross-site"
      default: break
      }
    }
    // A client of HTTP/1.0 may leave it out. Browsers don't speak HTTP/1.0.
    guard hostCount == 1 || (hostCount == 0 && head.version == .http1_0) else { return .hostCount(hostCount) }
    if hostCount == 1, let refusal = refusal(ofHost: host) { return refusal }
    if let authority = head.targetAuthority, let refusal = refusal(ofHost: authority) { return refusal }
    for origin in head.headers["Origin"] {
      isFromOrigin = true
      if let refusal = refusal(ofOrigin: origin.trimmed, to: host) { return refusal }
    }
    // The origin is the better evidence: a page on localhost that calls 127.0.0.1 is cross-site, too.
    return isCrossSite && !isFromOrigin ? refusalOfCrossSite : nil
  }

  private func refusal(ofHost text: String) -> Refusal? {
    let authority = Authority(text)
    if let authority, authority.isLoopback || hosts.contains(authority.host) { return nil }
    return .forbidden(
      "the host \(text.quoted) is not a loopback name",
      fix: authority.flatMap { hasOptions ? "to serve it, start with --allow-host \($0.host)" : nil })
  }

  private func refusal(ofOrigin text: String, to host: String) -> Refusal? {
    let origin = Origin(text)
    if let origin {
      if origin.isLoopback || origins.contains(origin.text) { return nil }
      // The server's name is admitted, and so are its pages.
      if origin.isServed(by: host) { return nil }
    }
    return .forbidden(
      "the request comes from a page of the origin \(text.quoted), which is not on this machine",
      fix: hasOptions
        ? origin.map { "to admit its pages, start with --allow-origin \($0.text)" }
          ?? "serve the page from http://localhost instead" : nil)
  }

  private var refusalOfCrossSite: Refusal {
    .forbidden(
      "the request comes from a page of another site (Sec-Fetch-Site: cross-site)",
      fix: hasOptions ? "call it with fetch() from an origin that --allow-origin names, or enter its URL" : nil)
  }
}

extension HTTPRequestHead {
  /// The host and port in the request's target, as in `GET http://localhost:3000/path` and `CONNECT localhost:3000`;
  /// nil if it is a path, or `*`.
  fileprivate var targetAuthority: String? {
    if uri.utf8.first == UInt8(ascii: "/") || uri == "*" { return nil }
    let rest = uri.firstRange(of: "://").map { uri[$0.upperBound...] } ?? uri[...]
    return String(rest.prefix { !"/?#".contains($0) })
  }
}

extension String {
  /// A header's value without the spaces and tabs that HTTP allows around it.
  fileprivate var trimmed: String {
    var rest = utf8[...]
    while let byte = rest.first, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { rest.removeFirst() }
    while let byte = rest.last, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { rest.removeLast() }
    return String(Substring(rest))
  }
}
