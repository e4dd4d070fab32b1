internal import Foundation

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
