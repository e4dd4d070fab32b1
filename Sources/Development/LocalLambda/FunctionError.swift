internal import Foundation
internal import Glibc
internal import Platform

/// A function error as Lambda's Invoke operation returns it: `X-Amz-Function-Error` and a payload.
package struct FunctionError: Error, Equatable, CustomStringConvertible {
  /// The error's type, such as `Runtime.ExitError`.
  package let type: String
  /// The payload, by convention `{"errorMessage":…,"errorType":…}`.
  package let payload: [UInt8]

  /// An error with a payload posted by a function.
  package init(type: String, payload: [UInt8]) {
    self.type = type
    self.payload = payload
  }

  /// An error with a payload in Lambda's own format.
  init(type: String, message: String) {
    self.init(type: type, payload: Payload(errorMessage: message, errorType: type).encoded)
  }

  /// The error of an invocation that was killed at its time limit. Lambda's payload for it has no `errorType`.
  static func timedOut(_ message: String) -> FunctionError {
    FunctionError(type: "Sandbox.Timedout", payload: Payload(errorMessage: message, errorType: nil).encoded)
  }

  /// The payload's `errorMessage`, or the whole payload if it has none.
  package var message: String {
    let payload = Data(payload)
    let message = try? JSONDecoder().decode(Payload.self, from: payload).errorMessage
    return message ?? String(decoding: payload, as: UTF8.self)
  }

  /// The type and the message.
  package var description: String { message.isEmpty ? type : "\(type): \(message)" }
}

private struct Payload: Codable {
  let errorMessage: String
  let errorType: String?

  var encoded: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Encoding two strings can't fail.
    return (try? encoder.encode(self)).map(Array.init) ?? []
  }
}

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
