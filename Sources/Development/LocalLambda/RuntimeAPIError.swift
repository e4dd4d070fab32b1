internal import Hummingbird

/// An error that the Runtime API answers a process with: `{"errorMessage":…,"errorType":…}`.
struct RuntimeAPIError: Error, Equatable {
  let status: HTTPResponse.Status
  let type: String
  let message: String

  /// The answer is for another invocation than the current one.
  static let invalidRequestID = RuntimeAPIError(
    status: .badRequest, type: "InvalidRequestID", message: "Invalid request ID")

  /// The answer asks for a mode other than streaming.
  static let invalidResponseMode = RuntimeAPIError(
    status: .badRequest, type: "InvalidFunctionResponseMode", message: "Invalid function response mode")

  /// The answer ended before its end.
  static let truncated = RuntimeAPIError(
    status: .badRequest, type: "TruncatedHTTPRequest", message: "HTTP request detected as truncated")

  /// The answer is larger than Lambda takes.
  static let entityTooLarge = RuntimeAPIError(
    status: .contentTooLarge, type: "RequestEntityTooLarge",
    message: "Exceeded maximum allowed payload size (\(RuntimeAPI.maximumPayloadSize) bytes).")

  /// The process may not post this now.
  static func invalidStateTransition(from state: String, to next: String) -> RuntimeAPIError {
    RuntimeAPIError(
      status: .forbidden, type: "InvalidStateTransition",
      message: "State transition from \(state) to \(next) failed for runtime. Error: State transition is not allowed")
  }
}
