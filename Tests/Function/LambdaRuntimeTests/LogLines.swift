import LambdaRuntime
import Platform
import Synchronization

/// Collects what a logger writes, one element per write.
final class LogLines: Sendable {
  private let written = Mutex<[String]>([])

  var all: [String] { written.withLock { $0 } }

  /// A logger that writes to this collection, with its clock at 2026-11-23T08:25:29.123Z.
  func logger(format: String? = nil, level: String? = nil) -> Logger {
    var variables: [String: String] = [:]
    variables["AWS_LAMBDA_LOG_FORMAT"] = format
    variables["AWS_LAMBDA_LOG_LEVEL"] = level
    return Logger(environment: Environment(variables), clock: clock()) { bytes in
      self.written.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
    }
  }
}

/// A stopped clock; the closure receives the pauses.
func clock(_ paused: @escaping @Sendable (Duration) -> Void = { _ in }) -> WallClock {
  WallClock(now: { Timestamp(milliseconds: 1_795_422_329_123) }, sleep: paused)
}
