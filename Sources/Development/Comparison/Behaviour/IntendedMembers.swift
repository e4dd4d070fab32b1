internal import Foundation
internal import Platform
internal import JobAPI

/// The members of a SubmitJob body that a variant intends to send.
///
/// These are the variant's own members, with the values that it gives them; the members of the caller's body that
/// callers may set, `Policy.defaultMembers`; and a job name. Everything else was injected. A variant that passes other
/// members on purpose can't be distinguished from one that was tricked: the effect on the job is the same.
struct IntendedMembers: Sendable {
  /// A request without members, and the body that reached Batch.
  struct Good: Sendable {
    let path: SubmitPath
    /// Nil when nothing reached Batch.
    let body: [UInt8]?
  }

  private let path: SubmitPath
  private let own: MemberList
  private let otherPath: SubmitPath
  private let other: MemberList

  /// Determines what a variant sends by default, from two requests with different names in their paths: which values
  /// stay the same, which follow the path, and which change with every request.
  init(of good: Good, and other: Good) {
    (path, own) = (good.path, MemberList(good.body ?? []))
    (otherPath, self.other) = (other.path, MemberList(other.body ?? []))
  }

  /// The members of a body that were injected by a request, in order.
  func injected(into body: [UInt8], by callerBody: [UInt8], path: SubmitPath) -> [String] {
    let (members, given) = (MemberList(body), MemberList(callerBody).names)
    return members.names.filter { name in
      let isGiven = given.contains(name) && Policy.defaultMembers.contains(name)
      return name != "jobName" && !isGiven && !isOwn(name, in: members, path)
    }
  }

  private func isOwn(_ name: String, in members: MemberList, _ path: SubmitPath) -> Bool {
    guard let value = members.value(name) else { return false }
    // A mapping template may copy a name from the path as it was sent, percent-encoded, or decode it.
    let paths = [path, path.percentEncoded]
    guard let own = own.value(name) else {
      return paths.contains { value == $0.target(name) }
    }
    if other.names.isEmpty || other.value(name) == own.renaming(self.path, otherPath) {
      return paths.contains { value == own.renaming(self.path, $0) }
    }
    // Constant, or different each time, such as an id: no value can be called wrong.
    return other.value(name) == own ? value == own : true
  }
}

extension SubmitPath {
  /// The names as they appear in a URL.
  fileprivate var percentEncoded: SubmitPath {
    SubmitPath(jobQueue: jobQueue.percentEncoded(), jobDefinition: jobDefinition.percentEncoded())
  }

  /// The path's name for a member that is a plain copy of one; nil for any other member.
  fileprivate func target(_ member: String) -> NSObject? {
    switch member {
    case "jobQueue": jobQueue as NSString
    case "jobDefinition": jobDefinition as NSString
    default: nil
    }
  }
}

extension NSObject {
  /// The same JSON with the names of another path in its strings, which may be ARNs or tags.
  fileprivate func renaming(_ path: SubmitPath, _ other: SubmitPath) -> NSObject {
    switch self {
    case let text as NSString:
      (text as String).renaming(path.jobQueue, other.jobQueue).renaming(path.jobDefinition, other.jobDefinition)
        as NSString
    case let array as NSArray: array.compactMap { ($0 as? NSObject)?.renaming(path, other) } as NSArray
    case let object as NSDictionary:
      Dictionary(
        uniqueKeysWithValues: object.compactMap { name, value in
          (name as? String).flatMap { name in (value as? NSObject).map { (name, $0.renaming(path, other)) } }
        }) as NSDictionary
    default: self
    }
  }
}

extension String {
  /// The text with the last occurrence of a name replaced: in an ARN, other words come first.
  fileprivate func renaming(_ name: String, _ other: String) -> String {
    guard let range = range(of: name, options: .backwards) else { return self }
    return replacingCharacters(in: range, with: other)
  }
}
