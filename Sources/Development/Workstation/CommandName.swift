internal import Foundation

/// The name by which messages tell the user to run this command.
package enum CommandName {
  /// The path of the running executable, with links resolved.
  package static let executable =
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]

  /// The start of a command line that runs this command again.
  package static let invocation = invocation(of: executable)

  /// The start of a command line that runs an executable: a build in a clone isn't on the `PATH`.
  static func invocation(of executable: String) -> String {
    executable.contains("/.build/") ? "swift run apigw-batch" : "apigw-batch"
  }
}
