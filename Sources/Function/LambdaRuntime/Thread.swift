internal import Glibc

/// A thread of the operating system.
enum Thread {
  /// The body, in a form that C can pass on.
  private final class Start {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
      self.body = body
    }
  }

  /// Starts a thread that nothing waits for. Throws the error number if there can't be another one.
  static func start(_ body: @escaping @Sendable () -> Void) throws(ThreadError) {
    let start = Unmanaged.passRetained(Start(body))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { start in
        if let start { Unmanaged<Start>.fromOpaque(start).takeRetainedValue().body() }
        return nil
      }, start.toOpaque())
    guard status == 0 else {
      start.release()
      throw ThreadError(number: status)
    }
    pthread_detach(thread)
  }
}

/// The system's reason for not starting a thread.
struct ThreadError: Error, CustomStringConvertible {
  /// An error number of `pthread_create`.
  let number: Int32

  var description: String { "can't start a thread: error \(number)" }
}
