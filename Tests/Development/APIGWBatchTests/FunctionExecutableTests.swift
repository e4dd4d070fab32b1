import Foundation
import Platform
import Testing
import Workstation

@testable import apigw_batch

@Suite("The function that a comparison runs")
struct FunctionExecutableTests {
  /// Creates a package directory with executables, and removes it after `body`.
  private func withPackage(_ files: [String], _ body: (PackageRoot) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: directory) }
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for file in files {
      let url = directory.appending(path: file)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("#!/bin/sh\n".utf8).write(to: url)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    }
    try body(PackageRoot(path: directory.path))
  }

  @Test("is the release build, or else the debug build, with a warning")
  func built() throws {
    let (release, debug) = (".build/release/SubmitJobFunction", ".build/debug/SubmitJobFunction")
    try withPackage([release, debug]) { root in
      let function = try FunctionExecutable(in: root, Environment([:]))
      #expect((function.name, function.warning) == (release, nil))
    }
    try withPackage([debug]) { root in
      let function = try FunctionExecutable(in: root, Environment([:]))
      #expect(function.name == debug)
      #expect(function.warning?.contains("debug build") == true)
      #expect(function.warning?.hasSuffix("Run: make compare") == true)
    }
  }

  @Test("is the one in APIGW_BATCH_FUNCTION; links to a folder of debug builds are followed")
  func given() throws {
    try withPackage(["x86/debug/f", "x86/release/f"]) { root in
      for (kind, isDebugBuild) in [("debug", true), ("release", false)] {
        let link = "\(root.path)/\(kind)-link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "\(root.path)/x86/\(kind)/f")
        let function = try FunctionExecutable(in: root, Environment(["APIGW_BATCH_FUNCTION": link]))
        #expect((function.name, function.isDebugBuild) == (link, isDebugBuild))
        #expect(function.note.contains(link))
      }
    }
  }

  @Test("must exist")
  func missing() throws {
    try withPackage([]) { root in
      let error = #expect(throws: UsageError.self) { try FunctionExecutable(in: root, Environment([:])) }
      #expect(error?.description.hasPrefix("the function is not built; run: make compare, or: swift build") == true)
      for path in ["/no/such", root.path] {
        let error = #expect(throws: UsageError.self) {
          try FunctionExecutable(in: root, Environment(["APIGW_BATCH_FUNCTION": path]))
        }
        #expect(error?.description.hasSuffix("\(path); run: unset APIGW_BATCH_FUNCTION") == true)
      }
    }
  }
}
