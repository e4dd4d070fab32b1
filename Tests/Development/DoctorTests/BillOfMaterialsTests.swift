import Foundation
import Testing

@testable import Doctor

@Suite("A package's bill of materials")
struct BillOfMaterialsTests {
  private func listing(_ purls: String...) -> BillOfMaterials? {
    let packages = purls.map { #"{"name":"x","externalRefs":[{"referenceLocator":"\#($0)"}]}"# }
    let own = #"{"name":"apigw-batch","checksums":[{"algorithm":"SHA256","checksumValue":"ab"}]}"#
    return BillOfMaterials(Data(#"{"packages":[\#(([own] + packages).joined(separator: ","))]}"#.utf8))
  }

  @Test(
    "names each component's version and release",
    arguments: [
      (
        "pkg:deb/debian/curl@7.88.1-10%2Bdeb12u15?arch=source&distro=bookworm", "curl", "7.88.1-10+deb12u15",
        "Debian:12"
      ),
      ("pkg:deb/debian/openssl@3.5.9-1%7Edeb13u1?distro=trixie&arch=source", "openssl", "3.5.9-1~deb13u1", "Debian:13"),
      (
        "pkg:deb/ubuntu/glibc@2.39-0ubuntu8.6?arch=source&distro=noble#x", "glibc", "2.39-0ubuntu8.6",
        "Ubuntu:24.04:LTS"
      ),
      ("pkg:deb/debian/git@1%3A2.1?distro=forky", "git", "1:2.1", "Debian:14"),
    ] as [(String, String, String, String)])
  func components(purl: String, name: String, version: String, ecosystem: String) throws {
    let bill = try #require(listing(purl))
    #expect(bill.components == [.init(name: name, version: version, ecosystem: ecosystem)])
    #expect(bill.checksum == "ab")
  }

  @Test(
    "has no release for one that isn't known",
    arguments: ["", "?arch=source", "?distro=", "?distro=sid", "?notdistro=trixie", "#distro=trixie"])
  func releases(qualifiers: String) {
    #expect(listing("pkg:deb/debian/curl@8\(qualifiers)")?.components.map(\.ecosystem) == [nil])
  }

  @Test("lists a component once, in alphabetical order, and leaves out what isn't from a distribution")
  func order() {
    let purls = ["openssl@3", "curl@8", "openssl@3", "curl@7"].map { "pkg:deb/debian/\($0)?distro=trixie" }
    let bill = listing(purls[0], purls[1], "pkg:github/swiftlang/swift@swift-6.3.1-RELEASE", purls[2], purls[3])
    #expect(bill?.components.map(\.description) == ["curl 7", "curl 8", "openssl 3"])
  }

  @Test(
    "is rejected without such a component",
    arguments: [
      "pkg:github/swiftlang/swift@1", "pkg:deb/debian/curl", "pkg:deb/fedora/curl@1", "pkg:deb/debian/curl@%zz", "",
    ])
  func nothing(purl: String) {
    #expect(listing(purl) == nil)
  }
}
