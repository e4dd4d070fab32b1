internal import Foundation
internal import Platform
internal import Workstation

/// The function that `invoke` runs: a clone's, or an executable outside a clone.
struct InvokedFunction: Equatable {
  /// The executable to start.
  let bootstrap: String
  /// Its working directory, and `LAMBDA_TASK_ROOT`.
  let taskRoot: String

  /// In a clone, its `bootstrap`, which finds the function by itself. Elsewhere, the executable in
  /// `APIGW_BATCH_FUNCTION`, or else the one that was built or installed together with this command.
  init(root: PackageRoot?, _ environment: Platform.Environment, command: String = CommandName.executable) throws {
    if let root {
      bootstrap = root.bootstrap
      taskRoot = root.path
      return
    }
    let folder = URL(fileURLWithPath: command).deletingLastPathComponent()
    let given = environment["APIGW_BATCH_FUNCTION"].map { URL(fileURLWithPath: $0) }
    // The locations in `.build/release` and after `make install`.
    let neighbours = ["SubmitJobFunction", "../libexec/apigw-batch/SubmitJobFunction"].map {
      folder.appendingPathComponent($0).standardizedFileURL
    }
    guard let function = (given.map { [$0] } ?? neighbours).first(where: FunctionExecutable.isExecutable) else {
      if let given {
        throw UsageError(
          "APIGW_BATCH_FUNCTION is not an executable file: \(given.path)", run: "unset APIGW_BATCH_FUNCTION")
      }
      throw UsageError(
        "no function found: this is not a clone of apigw-batch, and neither \(neighbours[0].path) nor "
          + "\(neighbours[1].path) exists; install it from a clone", run: "make install")
    }
    bootstrap = function.path
    taskRoot = function.deletingLastPathComponent().path
  }
}
