internal import ArgumentParser
internal import LocalServer
internal import Platform
internal import Workstation

/// The root command, which only lists its subcommands.
@main
struct APIGWBatch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apigw-batch",
    abstract: "Turn API Gateway events into AWS Batch jobs, on your own machine.",
    discussion: """
      The function behind the API is a Lambda custom runtime: an event in, one SubmitJob call out, a proxy response \
      back. This command runs it, together with what surrounds it in the cloud, on loopback only: no AWS account, no \
      Docker, nothing to set up. In a clone, start it with 'swift run apigw-batch'.

      EXIT STATUS
        0   Success.
        1   Failure; see the subcommand's help for details.
        64  The command line is wrong.
      """,
    version: Platform.Version.current,
    subcommands: [Invoke.self, Serve.self, Compare.self, BatchCommand.self, TableCommand.self, DoctorCommand.self])
}

extension APIGWBatch {
  /// Runs the command that the arguments name. An error in them is one line that ends with the command to run.
  static func main() async {
    holdStandardStreams()
    OpenFiles.raiseLimit()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      try checkHelp(arguments)
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let error as UsageError {
      StandardError.write("apigw-batch: \(error)")
      exit(withError: ExitCode.validationFailure)
    } catch  where exitCode(for: error) == .validationFailure && !message(for: error).isEmpty {
      let subcommand = arguments.first.flatMap { name in configuration.subcommands.first { $0._commandName == name } }
      let command = [CommandName.invocation, subcommand?._commandName].compactMap { $0 }.joined(separator: " ")
      StandardError.write("apigw-batch: \(message(for: error)); run: \(command) --help")
      exit(withError: ExitCode.validationFailure)
    } catch {
      exit(withError: error)
    }
  }

  /// Rejects `help` for a subcommand that doesn't exist, for which the parser would print the general help.
  static func checkHelp(_ arguments: [String]) throws {
    guard arguments.first == "help" else { return }
    let asked = arguments.dropFirst().filter { !$0.hasPrefix("-") }
    guard let name = asked.first else { return }
    let names = configuration.subcommands.map { $0._commandName }
    guard names.contains(name) || name == "help" else {
      throw UsageError(
        "unknown subcommand '\(name)'; the subcommands are \(names.joined(separator: ", "))",
        run: "\(CommandName.invocation) help")
    }
    if asked.count > 1 { throw UsageError("\(name) has no subcommands", run: "\(CommandName.invocation) help \(name)") }
  }
}
