internal import Foundation
internal import SubmitJob

/// Which members of a SubmitJob body are there because a variant means them to be.
///
/// They are the variant's own, which are seen in what reaches Batch of a request without members; those in the caller's
/// body that callers may set, `Policy.defaultMembers`; and a queue and a definition that are what the path makes them.
/// Anything else was injected. A variant that lets other members in on purpose is not told from one that was tricked:
/// what they do to a job is the same.
struct IntendedMembers: Sendable {
  /// The queue and the definition in a request's path.
  struct Path: Hashable, Sendable {
    let jobQueue: String
    let jobDefinition: String
  }

  /// What reached Batch of the good request.
  private let own: MemberList
  /// The good request's path.
  private let path: Path

  /// - Parameters:
  ///   - body: what reached Batch of a good request whose body is `{}`; nil when nothing did.
  init(ofGood body: [UInt8]?, path: Path) {
    own = MemberList(body ?? [])
    self.path = path
  }

  /// The members of a body that were injected by a request, in their order.
  func injected(into body: [UInt8], by callerBody: [UInt8], path: Path) -> [String] {
    let (members, given) = (MemberList(body), MemberList(callerBody).names)
    return members.names.filter { name in
      switch name {
      case "jobName": false
      case "jobQueue": members.string(name) != target(name, self.path.jobQueue, path.jobQueue)
      case "jobDefinition": members.string(name) != target(name, self.path.jobDefinition, path.jobDefinition)
      default: !own.names.contains(name) && !(given.contains(name) && Policy.defaultMembers.contains(name))
      }
    }
  }

  /// What a queue or a definition should be: a template may put the path's name into an ARN, or not use it at all.
  private func target(_ member: String, _ good: String, _ wanted: String) -> String {
    guard var target = own.string(member) else { return wanted }
    // The last one: an ARN has other words before the name.
    if let name = target.range(of: good, options: .backwards) { target.replaceSubrange(name, with: wanted) }
    return target
  }
}
