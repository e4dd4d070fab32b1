import Foundation
import Subprocess
import Testing
import Workstation

@testable import apigw_batch

@Suite("The command that repeats a comparison")
struct ComparisonCommandTests {
  private let root = PackageRoot(path: "/home/you/apigw-batch")

  @Test("builds the function and the command")
  func plain() {
    #expect("\(ComparisonCommand(arguments: [], root: root, directory: root.path))" == "make compare")
    #expect(
      "\(ComparisonCommand(arguments: ["--rate", "30"], root: root, directory: root.path, function: "my f"))"
        == "APIGW_BATCH_FUNCTION='my f' make compare ARGS='--rate 30'")
  }

  @Test("looks for files in the same places, in a directory below the package's")
  func below() {
    let command = ComparisonCommand(
      arguments: ["my.yaml"], root: root, directory: root.path + "/a/b", function: "../f")
    #expect(
      "\(command)" == "make -C ../.. .build/release/SubmitJobFunction .build/release/apigw-batch && "
        + "APIGW_BATCH_FUNCTION=../f ../../.build/release/apigw-batch compare my.yaml")
  }

  @Test(
    "passes every argument unchanged through a shell, make and another shell",
    arguments: [
      ["--json", "r.json"], ["a b", "it's", ""], ["*", "ü"], ["$HOME", "$(ARGS)", "$$"],
      [#"a"b"#, #"a\b"#, "#c", "\\#c"],
    ])
  func pasted(arguments: [String]) async throws {
    #expect(try await pasted(arguments) { $0 } == arguments)
  }

  @Test("can be pasted with a terminal's line breaks")
  func wrapped() async throws {
    let arguments = ["--json", "r.json", "--rate", "30"]
    #expect(try await pasted(arguments) { $0.replacing(" --", with: "\n  --") } == arguments)
  }

  /// The arguments that a recipe like `make compare`'s receives when a command is pasted with a change.
  private func pasted(_ arguments: [String], change: (String) -> String) async throws -> [String] {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    // Words can be empty, so each has its own terminator.
    try Data("compare:\n\t@printf '%s\\n' $(strip $(ARGS))\n".utf8).write(to: directory.appending(path: "Makefile"))
    let command = ComparisonCommand(
      arguments: arguments, root: PackageRoot(path: directory.path), directory: directory.path)
    let result = try await Subprocess.run(
      .name("sh"), arguments: ["-c", "cd '\(directory.path)' && unset MAKEFLAGS MAKELEVEL && \(change("\(command)"))"],
      output: .string(limit: 4096), error: .string(limit: 4096))
    return result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { String($0) }
  }
}
