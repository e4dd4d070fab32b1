import Foundation
import Subprocess
import Testing
import Workstation

@testable import apigw_batch

@Suite("The command that makes a comparison again")
struct ComparisonCommandTests {
  private let root = PackageRoot(path: "/home/you/apigw-batch")

  @Test("builds the function and the command")
  func plain() {
    #expect("\(ComparisonCommand(arguments: [], root: root, directory: root.path))" == "make compare")
    #expect(
      "\(ComparisonCommand(arguments: ["--rate", "30"], root: root, directory: root.path, function: "my f"))"
        == "APIGW_BATCH_FUNCTION='my f' make compare ARGS='--rate 30'")
  }

  @Test("looks for files where they were looked for, below the package's directory")
  func below() {
    let command = ComparisonCommand(
      arguments: ["my.yaml"], root: root, directory: root.path + "/a/b", function: "../f")
    #expect(
      "\(command)" == "make -C ../.. .build/release/SubmitJobFunction .build/release/apigw-batch && "
        + "APIGW_BATCH_FUNCTION=../f ../../.build/release/apigw-batch compare my.yaml")
  }

  @Test(
    "gives every argument as it was, by way of a shell, make and a shell",
    arguments: [
      ["--json", "r.json"], ["a b", "it's", ""], ["*", "ü"], ["$HOME", "$(ARGS)", "$$"],
      [#"a"b"#, #"a\b"#, "#c", "\\#c"],
    ])
  func pasted(arguments: [String]) async throws {
    #expect(try await pasted(arguments) { $0 } == arguments)
  }

  @Test("can be pasted with the line breaks of a terminal")
  func wrapped() async throws {
    let arguments = ["--json", "r.json", "--rate", "30"]
    #expect(try await pasted(arguments) { $0.replacing(" --", with: "\n  --") } == arguments)
  }

  /// What a recipe like that of `make compare` gets, when a command is pasted with a change.
  private func pasted(_ arguments: [String], change: (String) -> String) async throws -> [String] {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    // A word can be empty, so each has an end of its own.
    try Data("compare:\n\t@printf '%s\\n' $(strip $(ARGS))\n".utf8).write(to: directory.appending(path: "Makefile"))
    let command = ComparisonCommand(
      arguments: arguments, root: PackageRoot(path: directory.path), directory: directory.path)
    let result = try await Subprocess.run(
      .name("sh"), arguments: ["-c", "cd '\(directory.path)' && unset MAKEFLAGS MAKELEVEL && \(change("\(command)"))"],
      output: .string(limit: 4096), error: .string(limit: 4096))
    return result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { String($0) }
  }
}
