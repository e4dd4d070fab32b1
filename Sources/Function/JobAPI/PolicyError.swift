internal import Batch
internal import Platform

/// A refusal by the policy, with the name of what is refused.
package enum PolicyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An operation that is not in `ALLOWED_OPERATIONS`.
  case operation(Operation)
  /// A job queue that is not in `ALLOWED_JOB_QUEUES`.
  case jobQueue(String)
  /// A job definition, with its revision if one was named, that is not in `ALLOWED_JOB_DEFINITIONS`.
  case jobDefinition(String)
  /// A member that is not in `ALLOWED_MEMBERS` or its default.
  case member(String)
  /// A member that SubmitJob does not have and `ALLOWED_MEMBERS` does not add.
  case unknownMember(String)
  /// A caller whom nothing has identified, where callers see only their own jobs.
  case unknownCaller

  /// One line for the caller: what is refused, and what to do.
  package var description: String {
    switch self {
    case .operation(let operation):
      "The operation \"\(operation.rawValue)\" is not allowed here. Add it to the function's ALLOWED_OPERATIONS."
    case .jobQueue(let name):
      "Job queue \(name.quoted) is not allowed here. Use another queue, or add it to the function's ALLOWED_JOB_QUEUES."
    case .jobDefinition(let name):
      "Job definition \(name.quoted) is not allowed here. Use another definition, or add it to the function's "
        + "ALLOWED_JOB_DEFINITIONS."
    case .member(let name):
      "Member \(name.quoted) is not allowed here. Leave it out, or add it to the function's ALLOWED_MEMBERS."
    case .unknownCaller:
      "Callers see only their own jobs here, and nothing in front of the function says who you are. Put an authorizer in "
        + "front of it, or set the function's JOBS_SEEN_BY to everyone."
    case .unknownMember(let name):
      "The body has the member \(name.quoted), which SubmitJob does not have. \(Self.advice(name))"
    }
  }

  private static func advice(_ name: String) -> String {
    switch SubmitJobMember.closest(to: name) {
    case let closest? where SubmitJobMember.ofPath.contains(closest): "Leave it out: the path names \(closest)."
    case let closest?: "Did you mean \(closest.quoted)? Write that, or leave it out."
    case nil: "Leave it out."
    }
  }
}
