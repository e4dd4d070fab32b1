internal import Glibc

/// The variable `_X_AMZN_TRACE_ID`, in which X-Ray's libraries find the trace of the invocation.
///
/// One buffer is put into the environment and written anew: glibc's `setenv` keeps every value for ever.
final class TraceIDVariable {
  private static let name = "_X_AMZN_TRACE_ID"
  /// X-Ray's header has some 200 characters at the most.
  private static let capacity = 1024

  private let buffer: UnsafeMutablePointer<CChar>

  init() {
    buffer = .allocate(capacity: Self.capacity)
    buffer.initialize(repeating: 0, count: Self.capacity)
  }

  deinit {
    unsetenv(Self.name)
    buffer.deallocate()
  }

  /// Sets the variable, or takes it away for an invocation that has none, or one too long to be one.
  func set(_ traceID: String?) {
    guard let traceID, Self.name.utf8.count + traceID.utf8.count + 2 <= Self.capacity else {
      unsetenv(Self.name)
      return
    }
    for (index, byte) in "\(Self.name)=\(traceID)\0".utf8.enumerated() { buffer[index] = CChar(bitPattern: byte) }
    putenv(buffer)
  }
}
