import ArgumentParser
import Foundation
import Testing
import Workstation

@testable import apigw_batch

/// Compares each help text with its file.
///
/// After an intended change, update the files with `UPDATE_HELP=1 swift test --filter HelpTests`.
@Suite("Help texts")
struct HelpTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Help")
  private static let subcommands = APIGWBatch.configuration.subcommands.map { $0._commandName }

  @Test("of the command and its subcommands match the committed files", arguments: subcommands + ["apigw-batch"])
  func snapshot(name: String) throws {
    let command = APIGWBatch.configuration.subcommands.first { $0._commandName == name } ?? APIGWBatch.self
    let text = APIGWBatch.helpMessage(for: command, columns: 80) + "\n"
    let file = Self.folder.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["UPDATE_HELP"] == "1" {
      try text.write(to: file, atomically: false, encoding: .utf8)
    }
    let committed = try String(contentsOf: file, encoding: .utf8)
    #expect(text == committed)
  }

  @Test(
    "of a subcommand that doesn't exist are rejected, naming those that do",
    arguments: [["help", "nonsense"], ["help", "-h", "nonsense"], ["help", "nonsense", "invoke"]])
  func nonsense(arguments: [String]) throws {
    let error = #expect(throws: UsageError.self) { try APIGWBatch.checkHelp(arguments) }
    #expect(
      error?.text == "unknown subcommand 'nonsense'; the subcommands are invoke, serve, compare, batch, table, doctor")
    #expect(error?.command == "\(CommandName.invocation) help")
  }

  @Test("of a subcommand's subcommand are rejected", arguments: ["invoke", "help"])
  func nested(name: String) throws {
    let error = #expect(throws: UsageError.self) { try APIGWBatch.checkHelp(["help", name, "nonsense"]) }
    #expect(error == UsageError("\(name) has no subcommands", run: "\(CommandName.invocation) help \(name)"))
  }

  @Test(
    "of a subcommand that exists are not rejected",
    arguments: [
      [], ["help"], ["help", "invoke"], ["help", "help"], ["help", "--help"], ["invoke", "nonsense"], ["nonsense"],
    ])
  func sense(arguments: [String]) throws {
    try APIGWBatch.checkHelp(arguments)
  }

  @Test("make the command exit with 64 for a subcommand that doesn't exist, and with 0 for help itself")
  func exitStatus() async throws {
    try await CommandRun.Package.with(function: "") { package in
      let wrong = try await package.run("help", "nonsense")
      #expect((wrong.status, wrong.errorLines.count) == (64, 1))
      #expect(wrong.output.isEmpty)
      let right = try await package.run("help", "help")
      #expect((right.status, right.error) == (0, ""))
      #expect(right.output.contains("USAGE: apigw-batch help"))
    }
  }

  @Test("are committed for exactly these commands")
  func complete() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let expected = (Self.subcommands + ["apigw-batch"]).map { "\($0).txt" }
    #expect(files.sorted() == expected.sorted())
  }
}
