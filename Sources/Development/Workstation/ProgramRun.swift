internal import Foundation
internal import Subprocess

/// A completed run of a program on this machine.
package struct ProgramRun: Sendable {
  /// The exit status; for a program killed by a signal, 128 plus the signal's number, as in shells.
  package let status: Int32
  /// Its standard output.
  package let output: [UInt8]
  /// Its standard error.
  package let error: String

  /// A run with this result.
  package init(status: Int32, output: [UInt8], error: String) {
    self.status = status
    self.output = output
    self.error = error
  }

  /// The output as text.
  package var text: String { String(decoding: output, as: UTF8.self) }
  /// The last line on standard error.
  package var lastErrorLine: String? { error.split(whereSeparator: \.isNewline).last.map(String.init) }

  /// Why a run has no result.
  package enum Failure: Error {
    /// It isn't on the `PATH`, can't be started, or wrote more than 64 MB.
    case notRun
    /// It was killed at its time limit.
    case timedOut
  }

  /// Runs a program from the `PATH`, at most until the time limit.
  package static func attempt(
    _ program: String, _ arguments: [String], setting variables: [String: String] = [:], timeLimit: Duration? = nil
  ) async -> Result<ProgramRun, Failure> {
    await withTaskGroup(of: Result<ProgramRun, Failure>.self) { group in
      group.addTask { await run(program, arguments, variables).map { .success($0) } ?? .failure(.notRun) }
      if let timeLimit {
        group.addTask {
          try? await Task.sleep(for: timeLimit)
          return .failure(.timedOut)
        }
      }
      let first = await group.next() ?? .failure(.notRun)
      // Ends the program if it is still running.
      group.cancelAll()
      return first
    }
  }

  /// Runs a program as `attempt` does; nil for either failure.
  package static func of(
    _ program: String, _ arguments: [String], setting variables: [String: String] = [:], timeLimit: Duration? = nil
  ) async -> ProgramRun? {
    try? await attempt(program, arguments, setting: variables, timeLimit: timeLimit).get()
  }

  /// Runs the AWS CLI such that its error is the last line on standard error, whatever `cli_error_format` says.
  package static func ofAWS(_ arguments: [String], timeLimit: Duration? = nil) async -> ProgramRun? {
    await of("aws", arguments, setting: ["AWS_CLI_ERROR_FORMAT": "legacy"], timeLimit: timeLimit)
  }

  private static func run(
    _ program: String, _ arguments: [String], _ variables: [String: String]
  ) async -> ProgramRun? {
    let updates = variables.map { (Subprocess.Environment.Key(stringLiteral: $0), String?.some($1)) }
    guard
      let result = try? await Subprocess.run(
        .name(program), arguments: Arguments(arguments),
        environment: .inherit.updating(Dictionary(uniqueKeysWithValues: updates)),
        output: .bytes(limit: 1 << 26), error: .string(limit: 1 << 20))
    else { return nil }
    let status =
      switch result.terminationStatus {
      case .exited(let status): status
      case .signaled(let signal): 128 + signal
      }
    return ProgramRun(status: status, output: result.standardOutput, error: result.standardError)
  }
}
