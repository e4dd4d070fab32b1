/// An error that the Runtime API returns to a process: `{"errorMessage":…,"errorType":…}`.
struct RuntimeAPIError: Error, Equatable {
  let status: Int
  let type: String
  let message: String

  /// The response is for an invocation other than the current one.
  static let invalidRequestID = RuntimeAPIError(
    status: 400, type: "InvalidRequestID", message: "Invalid request ID")

  /// The response asks for a mode other than streaming.
  static let invalidResponseMode = RuntimeAPIError(
    status: 400, type: "InvalidFunctionResponseMode", message: "Invalid function response mode")

  /// The response is incomplete.
  static let truncated = RuntimeAPIError(
    status: 400, type: "TruncatedHTTPRequest", message: "HTTP request detected as truncated")

  /// The response is larger than Lambda accepts.
  static let entityTooLarge = RuntimeAPIError(
    status: 413, type: "RequestEntityTooLarge",
    message: "Exceeded maximum allowed payload size (\(RuntimeAPI.maximumPayloadSize) bytes).")

  /// The process may not post this in its current state.
  static func invalidStateTransition(from state: String, to next: String) -> RuntimeAPIError {
    RuntimeAPIError(
      status: 403, type: "InvalidStateTransition",
      message: "State transition from \(state) to \(next) failed for runtime. Error: State transition is not allowed")
  }
}
