import LambdaRuntime
import Platform
import Synchronization

/// Keeps what a logger writes, one element for each write.
final class LogLines: Sendable {
  private let written = Mutex<[String]>([])

  var all: [String] { written.withLock { $0 } }

  /// A logger that writes here, at 2026-11-23T08:25:29.123Z.
  func logger(format: String? = nil, level: String? = nil) -> Logger {
    var variables: [String: String] = [:]
    variables["AWS_LAMBDA_LOG_FORMAT"] = format
    variables["AWS_LAMBDA_LOG_LEVEL"] = level
    return Logger(environment: Environment(variables), clock: clock()) { bytes in
      self.written.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
    }
  }
}

/// A clock that stands still; the closure gets the pauses.
func clock(_ paused: @escaping @Sendable (Int) -> Void = { _ in }) -> WallClock {
  WallClock(now: { Timestamp(milliseconds: 1_795_422_329_123) }, sleep: paused)
}
