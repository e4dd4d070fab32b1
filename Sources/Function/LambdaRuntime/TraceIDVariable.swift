internal import Glibc

/// The variable `_X_AMZN_TRACE_ID`, in which X-Ray's libraries find the trace of the invocation.
///
/// One buffer is put into the environment and written anew: glibc's `setenv` keeps every value for ever.
final class TraceIDVariable {
  private static let name = "_X_AMZN_TRACE_ID"
  /// X-Ray's header has some 200 characters at the most.
  private static let capacity = 1024

  /// `_X_AMZN_TRACE_ID=`, and the value behind it.
  private let buffer: UnsafeMutablePointer<CChar>

  init() {
    buffer = .allocate(capacity: Self.capacity)
    strcpy(buffer, "\(Self.name)=")
  }

  deinit {
    unsetenv(Self.name)
    buffer.deallocate()
  }

  /// Sets the variable, or takes it away for an invocation that has none, or one too long to be one.
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
