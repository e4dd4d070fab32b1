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
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let committed = try String(contentsOf: file, encoding: .utf8)
    #expect(text == committed)
  }

  @Test(
    "of a subcommand that doesn't exist are rejected, naming those that do",
    arguments: [["help", "nonsense"], ["help", "invoke", "nonsense"], ["help", "-h", "Serve"]])
  func nonsense(arguments: [String]) throws {
    let error = #expect(throws: UsageError.self) { try APIGWBatch.checkHelp(arguments) }
    #expect(error?.text.contains("unknown subcommand '") == true)
    #expect(error?.text.hasSuffix("invoke, serve, compare, batch, doctor") == true)
  }

  @Test(
    "of a subcommand that exists are not rejected",
    arguments: [[], ["help"], ["help", "invoke"], ["help", "--help"], ["invoke", "nonsense"], ["nonsense"]])
  func sense(arguments: [String]) throws {
    try APIGWBatch.checkHelp(arguments)
  }

  @Test("of a subcommand that doesn't exist make the command exit with 64")
  func nonsenseStatus() async throws {
    try await CommandRun.Package.with(function: "") { package in
      let run = try await package.run("help", "nonsense")
      #expect(run.status == 64)
      #expect(run.output.isEmpty)
      #expect(
        run.error
          == "apigw-batch: unknown subcommand 'nonsense'; the subcommands are invoke, serve, compare, batch, doctor; "
          + "run: swift run apigw-batch help invoke\n")
    }
  }

  @Test("are committed for exactly these commands")
  func complete() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let expected = (Self.subcommands + ["apigw-batch"]).map { "\($0).txt" }
    #expect(files.sorted() == expected.sorted())
  }
}
