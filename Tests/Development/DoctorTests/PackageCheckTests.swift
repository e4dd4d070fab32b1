import DevelopmentTestSupport
import Foundation
import SAMTemplate
import Testing
import Workstation

@testable import Doctor

@Suite("The doctor's findings about the package")
struct PackageCheckTests {
  private static func root() throws -> PackageRoot {
    try .containing(URL(filePath: #filePath).deletingLastPathComponent().path)
  }

  private func line(_ architecture: String, zip: String?, root: PackageRoot) async throws -> String {
    let template = try TemplateInspection(
      templateAt: Self.root().template, .example(["Architecture": architecture]))
    let function = try #require(template.functions.first)
    return await PackageCheck(zip: zip, function: function, root: root).finding().description
  }

  @Test("assume the template's default architecture")
  func architecture() throws {
    let template = try TemplateInspection(templateAt: Self.root().template, .example())
    #expect(template.functions.map(\.architecture) == [PackageCheck.defaultArchitecture])
  }

  @Test("warn of a package that isn't built, and report a named one that doesn't exist")
  func missing() async throws {
    let elsewhere = PackageRoot(path: "/nowhere")
    #expect(
      try await line("arm64", zip: nil, root: elsewhere)
        == "warn  package dist/apigw-batch-arm64.zip has not been built yet; run: make package ARCH=arm64")
    #expect(
      try await line("x86_64", zip: "/nowhere.zip", root: elsewhere)
        == "fail  package /nowhere.zip does not exist; run: make package ARCH=x86_64")
  }

  @Test("do not report a python3 as missing that was only too slow")
  func slow() async throws {
    let template = try TemplateInspection(templateAt: Self.root().template, .example())
    let function = try #require(template.functions.first)
    let check = PackageCheck(
      zip: try Self.root().template, function: function, root: try Self.root(), timeLimit: .nanoseconds(1))
    let line = await check.finding().description
    #expect(line.hasPrefix("skip  package "))
    #expect(line.contains("not checked, because python3 took longer than 0 s; run: python3 "))
  }

  @Test("report a file that isn't a zip file")
  func zip() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).zip")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("no zip".utf8).write(to: file)
    #expect(
      try await line("x86_64", zip: file.path, root: Self.root())
        == "fail  package \(file.path) for SubmitJobFunction on x86_64: it can't be unpacked: File is not a zip file; "
        + "run: make package ARCH=x86_64")
  }
}
