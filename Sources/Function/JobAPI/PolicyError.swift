internal import Batch
internal import Platform

/// What the policy refuses, by name.
package enum PolicyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A job queue that `ALLOWED_JOB_QUEUES` does not have.
  case jobQueue(String)
  /// A job definition, with its revision where one was named, that `ALLOWED_JOB_DEFINITIONS` does not have.
  case jobDefinition(String)
  /// A member that `ALLOWED_MEMBERS`, or its default, does not have.
  case member(String)
  /// A member that SubmitJob does not have, and that `ALLOWED_MEMBERS` does not add.
  case unknownMember(String)

  /// One line for the caller: what is refused, and what to do.
  package var description: String {
    switch self {
    case .jobQueue(let name):
      "Job queue \(name.quoted) is not allowed here. Use another, or have ALLOWED_JOB_QUEUES of the function name it."
    case .jobDefinition(let name):
      "Job definition \(name.quoted) is not allowed here. Use another, or have ALLOWED_JOB_DEFINITIONS of the function "
        + "name it."
    case .member(let name):
      "Member \(name.quoted) is not allowed here. Leave it out, or have ALLOWED_MEMBERS of the function name it."
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
