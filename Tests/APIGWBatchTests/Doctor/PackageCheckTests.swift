import Foundation
import Testing

@testable import apigw_batch

@Suite("What the doctor says of the package")
struct PackageCheckTests {
  private func check(_ architecture: String, path: String = "/nowhere.zip", isNamed: Bool = false) -> PackageCheck {
    PackageCheck(name: "p.zip", path: path, isNamed: isNamed, function: "F", architecture: architecture)
  }

  /// The head of an executable for an ELF machine.
  private func executable(_ machine: UInt8, bits: UInt8 = 2) -> ProgramRun {
    var bytes = [UInt8](repeating: 0, count: 64)
    bytes.replaceSubrange(0..<6, with: [0x7f, 0x45, 0x4c, 0x46, bits, 1])
    bytes[18] = machine
    return ProgramRun(status: 0, output: bytes, error: "")
  }

  @Test("fits when it's for the template's architecture", arguments: [("x86_64", 62), ("arm64", 183)])
  func fits(architecture: String, machine: Int) {
    let finding = check(architecture).finding(executable(UInt8(machine)))
    #expect(finding == .ok("package p.zip: for \(architecture), as F in the template"))
  }

  @Test("doesn't fit when it's for another, or is no executable")
  func misfits() {
    let command = "make package ARCH=arm64"
    #expect(
      check("arm64").finding(executable(62))
        == .fail("package p.zip: its bootstrap is for x86_64, and F runs on arm64 in the template", type: command))
    #expect(check("arm64").finding(executable(243)).text.contains("its bootstrap is for ELF machine 243"))
    let script = ProgramRun(status: 0, output: Array("#!/bin/sh\n".utf8), error: "")
    for other in [script, executable(183, bits: 1)] {
      #expect(
        check("arm64").finding(other)
          == .fail("package p.zip: its bootstrap is no ELF executable of 64 bits", type: command))
    }
    let empty = ProgramRun(status: 11, output: [], error: "caution: filename not matched")
    #expect(check("arm64").finding(empty) == .fail("package p.zip: it is no zip with a bootstrap", type: command))
  }

  @Test("is to be made where there is none, and is missed where one is named")
  func missing() async {
    #expect(
      await check("x86_64").finding().description
        == "warn  package p.zip: it isn't made yet; type: make package ARCH=x86_64")
    #expect(await check("x86_64", isNamed: true).finding().verdict == .fail)
  }

  @Test("is read as a zip")
  func zip() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).zip")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("no zip".utf8).write(to: file)
    #expect(await check("x86_64", path: file.path).finding().text == "package p.zip: it is no zip with a bootstrap")
  }
}
