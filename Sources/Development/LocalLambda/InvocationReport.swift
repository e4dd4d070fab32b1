internal import Foundation

/// A completed invocation: its outcome, and Lambda's report about it.
package struct CompletedInvocation: Sendable {
  /// How an invocation ended.
  package enum Outcome: Sendable, Equatable {
    /// The bytes the function posted as its response.
    case response([UInt8])
    /// The error that the function posted, or Lambda's own if there was no response.
    case functionError(FunctionError)
  }

  /// The Lambda request id.
  package let requestID: String
  /// How it ended.
  package let outcome: Outcome
  /// The contents of the `REPORT` line.
  package let report: InvocationReport
}

/// What Lambda reports about an invocation. All figures are measured.
package struct InvocationReport: Sendable, Equatable {
  /// How an invocation without a response ended.
  package enum Status: Sendable, Equatable {
    /// The process was killed at the time limit.
    case timeout
    /// The process ended, or never started, with an error of this type.
    case error(String)
  }

  /// The Lambda request id.
  package let requestID: String
  /// The time from delivering the event to the response; zero if the event was never delivered.
  package let duration: Duration
  /// The time from starting the process to its first `/next`; nil except for a process's first invocation.
  package let initDuration: Duration?
  /// The function's memory setting, in MB.
  package let memorySize: Int
  /// The process's peak resident memory (`VmHWM`) in MB, rounded up; nil if the process ended before it could be read.
  package let maxMemoryUsed: Int?
  /// Set if there was no response.
  package let status: Status?

  package init(
    requestID: String, duration: Duration, initDuration: Duration?, memorySize: Int, maxMemoryUsed: Int?,
    status: Status?
  ) {
    self.requestID = requestID
    self.duration = duration
    self.initDuration = initDuration
    self.memorySize = memorySize
    self.maxMemoryUsed = maxMemoryUsed
    self.status = status
  }

  /// The billed time in milliseconds: the init phase and the invocation, rounded up.
  package var billedMilliseconds: Int {
    Int(((initDuration ?? .zero) + duration).milliseconds.rounded(.up))
  }
}

extension InvocationReport: CustomStringConvertible {
  /// The `REPORT` line as Lambda writes it in its text format: every field ends with a tab.
  package var description: String {
    var fields = [
      "REPORT RequestId: \(requestID)",
      String(format: "Duration: %.2f ms", duration.milliseconds),
      "Billed Duration: \(billedMilliseconds) ms",
      "Memory Size: \(memorySize) MB",
    ]
    if let maxMemoryUsed { fields.append("Max Memory Used: \(maxMemoryUsed) MB") }
    if let initDuration { fields.append(String(format: "Init Duration: %.2f ms", initDuration.milliseconds)) }
    switch status {
    case .timeout: fields.append("Status: timeout")
    case .error(let type): fields += ["Status: error", "Error Type: \(type)"]
    case nil: break
    }
    return fields.map { $0 + "\t" }.joined()
  }
}

/// An entry of Lambda's log about an invocation.
package enum LambdaLogEntry: Sendable, Equatable, CustomStringConvertible {
  /// An event is about to be delivered.
  case start(requestID: String)
  /// The process has responded, or has ended.
  case end(requestID: String)
  /// What Lambda measured.
  case report(InvocationReport)

  /// The line as Lambda writes it in its text format.
  package var description: String {
    switch self {
    case .start(let requestID): "START RequestId: \(requestID) Version: $LATEST"
    case .end(let requestID): "END RequestId: \(requestID)"
    case .report(let report): "\(report)"
    }
  }
}

extension Duration {
  /// This duration in milliseconds.
  package var milliseconds: Double { self / .milliseconds(1) }
}
