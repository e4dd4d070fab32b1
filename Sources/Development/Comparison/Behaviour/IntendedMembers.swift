internal import Foundation
internal import Platform
internal import JobAPI

/// Which members of a SubmitJob body are there because a variant means them to be.
///
/// They are the variant's own, with the values that it gives them by itself; those in the caller's body that callers may
/// set, `Policy.defaultMembers`; and a name. Anything else was injected. A variant that lets other members in on purpose
/// is not told from one that was tricked: what they do to a job is the same.
struct IntendedMembers: Sendable {
  /// A request without members, and what reached Batch of it.
  struct Good: Sendable {
    let path: SubmitPath
    /// Nil when nothing did.
    let body: [UInt8]?
  }

  private let path: SubmitPath
  private let own: MemberList
  private let otherPath: SubmitPath
  private let other: MemberList

  /// What a variant sends by itself is learnt from two requests whose paths have other names: what stays the same, what
  /// follows the path, and what changes with each request.
  init(of good: Good, and other: Good) {
    (path, own) = (good.path, MemberList(good.body ?? []))
    (otherPath, self.other) = (other.path, MemberList(other.body ?? []))
  }

  /// The members of a body that were injected by a request, in their order.
  func injected(into body: [UInt8], by callerBody: [UInt8], path: SubmitPath) -> [String] {
    let (members, given) = (MemberList(body), MemberList(callerBody).names)
    return members.names.filter { name in
      let isGiven = given.contains(name) && Policy.defaultMembers.contains(name)
      return name != "jobName" && !isGiven && !isOwn(name, in: members, path)
    }
  }

  private func isOwn(_ name: String, in members: MemberList, _ path: SubmitPath) -> Bool {
    guard let value = members.value(name) else { return false }
    // A template may take a name out of the path as it was sent, which is encoded, or decode it.
    let paths = [path, path.percentEncoded]
    guard let own = own.value(name) else {
      return paths.contains { value == $0.target(name) }
    }
    if other.names.isEmpty || other.value(name) == own.renaming(self.path, otherPath) {
      return paths.contains { value == own.renaming(self.path, $0) }
    }
    // The same whatever the path is; or else another each time, such as an id, and nobody knows which is right.
    return other.value(name) == own ? value == own : true
  }
}

extension SubmitPath {
  /// The names as they are sent.
  fileprivate var percentEncoded: SubmitPath {
    SubmitPath(jobQueue: jobQueue.percentEncoded(), jobDefinition: jobDefinition.percentEncoded())
  }

  /// What a member is when it's nothing but a name of the path; nil for any other member.
  fileprivate func target(_ member: String) -> NSObject? {
    switch member {
    case "jobQueue": jobQueue as NSString
    case "jobDefinition": jobDefinition as NSString
    default: nil
    }
  }
}

extension NSObject {
  /// The same JSON with the names of another path in its texts: they may stand in an ARN, or in a tag.
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
  /// The text with another name in place of the last one: an ARN has other words before it.
  fileprivate func renaming(_ name: String, _ other: String) -> String {
    guard let range = range(of: name, options: .backwards) else { return self }
    return replacingCharacters(in: range, with: other)
  }
}
