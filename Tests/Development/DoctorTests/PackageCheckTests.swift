import DevelopmentTestSupport
import Foundation
import SAMTemplate
import Testing
import Workstation

@testable import Doctor

@Suite("What the doctor says of the package")
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

  @Test("knows what the template has by itself")
  func architecture() throws {
    let template = try TemplateInspection(templateAt: Self.root().template, .example())
    #expect(template.functions.map(\.architecture) == [PackageCheck.defaultArchitecture])
  }

  @Test("is to be made where there is none, and is missed where one is named")
  func missing() async throws {
    let elsewhere = PackageRoot(path: "/nowhere")
    #expect(
      try await line("arm64", zip: nil, root: elsewhere)
        == "warn  package dist/apigw-batch-arm64.zip: it isn't made yet; run: make package ARCH=arm64")
    #expect(
      try await line("x86_64", zip: "/nowhere.zip", root: elsewhere)
        == "fail  package /nowhere.zip: there is no such file; run: make package ARCH=x86_64")
  }

  @Test("is not checked by a python3 that is too slow, which is not reported as missing")
  func slow() async throws {
    let template = try TemplateInspection(templateAt: Self.root().template, .example())
    let function = try #require(template.functions.first)
    let check = PackageCheck(
      zip: try Self.root().template, function: function, root: try Self.root(), timeLimit: .nanoseconds(1))
    let line = await check.finding().description
    #expect(line.hasPrefix("skip  package "))
    #expect(line.contains("not checked, because python3 took longer than 0 s; type: python3 "))
  }

  @Test("is no package when it is no zip")
  func zip() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).zip")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("no zip".utf8).write(to: file)
    #expect(
      try await line("x86_64", zip: file.path, root: Self.root())
        == "fail  package \(file.path) for SubmitJobFunction on x86_64: zipfile.BadZipFile: File is not a zip file; "
        + "run: make package ARCH=x86_64")
  }
}
