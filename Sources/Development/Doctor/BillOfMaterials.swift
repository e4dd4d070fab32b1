internal import Foundation

/// What is linked into a package, from the bill of materials (SPDX 2.3) that `make package` writes next to it.
struct BillOfMaterials {
  /// A source package of Debian or Ubuntu that is linked.
  struct Component: Hashable, CustomStringConvertible {
    let name: String
    let version: String
    /// Its release as [OSV](https://ossf.github.io/osv-schema/#defined-ecosystems) names it, such as `Debian:12`; nil for
    /// one that isn't known here.
    let ecosystem: String?

    var description: String { "\(name) \(version)" }
  }

  /// The components from Debian or Ubuntu, in alphabetical order.
  let components: [Component]
  /// The SHA-256 sum of the package that it describes, in hexadecimal digits.
  let checksum: String?

  /// Reads a bill of materials; nil unless it is one with components from Debian or Ubuntu.
  init?(_ json: some DataProtocol) {
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(json)) else { return nil }
    components = Set(
      document.packages.flatMap { $0.externalRefs ?? [] }.compactMap { Self.component($0.referenceLocator) }
    )
    .sorted { ($0.name, $0.version) < ($1.name, $1.version) }
    checksum =
      document.packages.first { $0.name == "apigw-batch" }?.checksums?.first { $0.algorithm == "SHA256" }?
      .checksumValue
    if components.isEmpty { return nil }
  }

  /// The component that a [package URL](https://github.com/package-url/purl-spec) names; nil for another kind of package.
  private static func component(_ purl: String) -> Component? {
    guard let match = purl.wholeMatch(of: /pkg:deb\/(debian|ubuntu)\/([^@?#]+)@([^?#]+)(\?[^#]*)?(?:#.*)?/),
      let version = match.3.removingPercentEncoding
    else { return nil }
    let release = match.4?.dropFirst().split(separator: "&").first { $0.hasPrefix("distro=") }?.dropFirst(7)
    return Component(name: String(match.2), version: version, ecosystem: release.flatMap { ecosystems[String($0)] })
  }

  /// OSV's name of each release that may build packages.
  private static let ecosystems = [
    "bookworm": "Debian:12", "trixie": "Debian:13", "forky": "Debian:14", "jammy": "Ubuntu:22.04:LTS",
    "noble": "Ubuntu:24.04:LTS",
  ]

  private struct Document: Decodable {
    let packages: [Package]
  }

  private struct Package: Decodable {
    let name: String
    let externalRefs: [Reference]?
    let checksums: [Checksum]?
  }

  private struct Reference: Decodable {
    let referenceLocator: String
  }

  private struct Checksum: Decodable {
    let algorithm: String
    let checksumValue: String
  }
}
