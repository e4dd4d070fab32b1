internal import Glibc

/// The variable `_X_AMZN_TRACE_ID`, which tells X-Ray's libraries the invocation's trace.
///
/// One buffer is put into the environment and overwritten each time: glibc's `setenv` would keep every value forever.
final class TraceIDVariable {
  private static let name = "_X_AMZN_TRACE_ID"
  /// The buffer's size; X-Ray's header has at most about 200 characters.
  private static let capacity = 1024

  /// `_X_AMZN_TRACE_ID=`, followed by the value.
  private let buffer: UnsafeMutablePointer<CChar>

  init() {
    buffer = .allocate(capacity: Self.capacity)
    strcpy(buffer, "\(Self.name)=")
  }

  deinit {
    unsetenv(Self.name)
    buffer.deallocate()
  }

  /// Sets the variable, or unsets it if the trace id is missing or too long to be valid.
  func set(_ traceID: String?) {
    let start = Self.name.utf8.count + 1
    guard let traceID, start + traceID.utf8.count < Self.capacity else {
      unsetenv(Self.name)
      return
    }
    strcpy(buffer + start, traceID)
    putenv(buffer)
  }
}
