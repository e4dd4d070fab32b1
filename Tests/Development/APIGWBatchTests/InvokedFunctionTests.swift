import Foundation
import Platform
import Testing
import Workstation

@testable import apigw_batch

@Suite("The function that invoke runs")
struct InvokedFunctionTests {
  /// Makes a folder with executables in it, and removes it when `body` is done.
  private func withFolder(_ files: [String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in files {
      let url = folder.appending(path: file)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("#!/bin/sh\n".utf8).write(to: url)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    }
    try body(folder.path)
  }

  @Test("is a clone's bootstrap, whatever is next to the command")
  func clone() throws {
    try withFolder(["bin/SubmitJobFunction"]) { folder in
      let function = try InvokedFunction(
        root: PackageRoot(path: "/a/clone"), Environment([:]), command: "\(folder)/bin/apigw-batch")
      #expect((function.bootstrap, function.taskRoot) == ("/a/clone/bootstrap", "/a/clone"))
    }
  }

  @Test(
    "is built or installed with the command, outside a clone",
    arguments: ["bin/SubmitJobFunction", "libexec/apigw-batch/SubmitJobFunction"])
  func neighbour(file: String) throws {
    try withFolder([file]) { folder in
      let function = try InvokedFunction(root: nil, Environment([:]), command: "\(folder)/bin/apigw-batch")
      #expect(function.bootstrap == "\(folder)/\(file)")
      #expect(function.bootstrap.hasPrefix(function.taskRoot + "/SubmitJobFunction"))
    }
  }

  @Test("is the one in APIGW_BATCH_FUNCTION, which takes precedence")
  func given() throws {
    try withFolder(["bin/SubmitJobFunction", "other"]) { folder in
      let environment = Environment(["APIGW_BATCH_FUNCTION": "\(folder)/other"])
      let function = try InvokedFunction(root: nil, environment, command: "\(folder)/bin/apigw-batch")
      #expect((function.bootstrap, function.taskRoot) == ("\(folder)/other", folder))
    }
  }

  @Test("is reported as missing, with the places that were searched")
  func missing() throws {
    let error = #expect(throws: UsageError.self) {
      try InvokedFunction(root: nil, Environment([:]), command: "/no/bin/apigw-batch")
    }
    #expect(
      error?.description
        == "no function found: this is not a clone of apigw-batch, and neither /no/bin/SubmitJobFunction nor "
        + "/no/libexec/apigw-batch/SubmitJobFunction exists; install it from a clone; run: make install")
  }
}
