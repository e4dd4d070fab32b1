internal import Foundation
internal import Glibc
internal import Platform

extension RuntimeAPI.Ending {
  /// The error that Lambda returns for an invocation without a response.
  func error(requestID: String, after time: Duration) -> FunctionError {
    func exitError(_ message: String) -> FunctionError {
      FunctionError(type: "Runtime.ExitError", message: "RequestId: \(requestID) Error: \(message)")
    }
    return switch self {
    case .initError(let error): error
    case .timedOut:
      .timedOut(
        "\(WallClock.system.now.rfc3339) \(requestID) Task timed out after "
          + String(format: "%.2f seconds", time.milliseconds / 1000))
    case .exited(0): exitError("Runtime exited without providing a reason")
    case .exited(let status): exitError("Runtime exited with error: exit status \(status)")
    case .signaled(let signal):
      exitError("Runtime exited with error: signal: \(String(cString: strsignal(signal)).lowercased())")
    case .notSpawned(let reason):
      FunctionError(type: "Runtime.InvalidEntrypoint", message: "RequestId: \(requestID) Error: \(reason)")
    }
  }
}
