internal import Batch
internal import Platform

/// The members that a body may have, from `ALLOWED_MEMBERS`.
struct AllowedMembers: Sendable {
  static let variable = "ALLOWED_MEMBERS"

  /// Nil allows every member, those that AWS adds later as well.
  private let names: [String]?

  /// The members of a list: names, `+name` for a member that SubmitJob doesn't have yet, `*` for all.
  init(_ items: [String]) throws(EnvironmentError) {
    var names: [String] = []
    for item in items where item != "*" {
      let isAddition = item.utf8.first == UInt8(ascii: "+")
      let name = isAddition ? String(Substring(item.utf8.dropFirst())) : item
      guard !SubmitJobMember.ofPath.contains(where: { $0.equalsIgnoringASCIICase(name) }) else {
        throw EnvironmentError(Self.variable, "\(name) can't be allowed, as the path decides it: remove it")
      }
      guard isAddition || SubmitJobMember.isKnown(name) else { throw Self.unknown(name) }
      guard !name.isEmpty, name.utf8.allSatisfy(\.isAlphanumeric) else {
        throw EnvironmentError(Self.variable, "\(item.quoted) can't be the name of a member: remove it")
      }
      names.append(name)
    }
    self.names = items.contains("*") ? nil : names
  }

  /// Whether a body may have a member of this name.
  func allows(_ name: String) -> Bool {
    // Code unit by code unit: to a String, the Kelvin sign is a K.
    names?.contains { $0.utf8.elementsEqual(name.utf8) } ?? true
  }

  private static func unknown(_ name: String) -> EnvironmentError {
    let remedy =
      switch SubmitJobMember.closest(to: name) {
      case let closest? where SubmitJobMember.ofPath.contains(closest): "the path names \(closest); remove it"
      case let closest?: "write \(closest)"
      case nil: "remove it"
      }
    // Only letters and digits make a name that AWS could have added.
    let addition = name.utf8.allSatisfy(\.isAlphanumeric) ? ", or +\(name.cut(to: 64)) if AWS has added it" : ""
    return EnvironmentError(variable, "\(name.quoted) is not a member of SubmitJob: \(remedy)\(addition)")
  }
}
