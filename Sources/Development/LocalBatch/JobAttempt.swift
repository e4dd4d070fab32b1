internal import Foundation
internal import Platform

/// One attempt to run a job, in an ECS task of its own.
struct JobAttempt: Sendable {
  /// The id of the task: 32 hexadecimal digits, as in ECS.
  let taskID = Self.newID
  /// The id of the container instance that it runs on.
  let instanceID = Self.newID
  /// The time at which it reached `RUNNING`; nil before that.
  var startedAt: Timestamp?
  /// How it ended; nil until then.
  var exit: Exit?

  struct Exit: Sendable {
    let time: Timestamp
    let code: Int
    let statusReason: String

    /// The exit code of a container that is killed.
    static let killed = 137
  }

  private static var newID: String { UUID().uuidString.lowercased().replacing("-", with: "") }
}

extension RetryStrategy {
  /// Whether a job is tried again after an attempt failed.
  ///
  /// The first condition that the failure meets decides; if it meets none, the job is tried again.
  ///
  /// - Parameter number: the number of attempts so far.
  func retries(after number: Int, _ exit: JobAttempt.Exit) -> Bool {
    guard number < attempts ?? 1 else { return false }
    let condition = (evaluateOnExit ?? []).first { $0.isMet(by: exit) }
    return condition?.action.uppercased() != "EXIT"
  }
}

extension RetryStrategy.EvaluateOnExit {
  /// Whether each of its patterns matches. The container here never gives a reason of its own, so only `*` matches that.
  fileprivate func isMet(by exit: JobAttempt.Exit) -> Bool {
    [(onExitCode, String(exit.code)), (onReason, ""), (onStatusReason, exit.statusReason)].allSatisfy { pattern, text in
      guard let pattern else { return true }
      return pattern.hasSuffix("*") ? text.hasPrefix(pattern.dropLast()) : text == pattern
    }
  }
}
