internal import Batch
internal import Platform

/// The members that a body may have, from `ALLOWED_MEMBERS`.
struct AllowedMembers: Sendable {
  static let variable = "ALLOWED_MEMBERS"

  /// The allowed names; nil allows every member, including those that AWS adds later.
  private let names: [String]?

  /// The members in a list of names, `+name` for a member that SubmitJob doesn't have yet, and `*` for all.
  init(_ items: [String]) throws(EnvironmentError) {
    var names: [String] = []
    for item in items where item != "*" {
      let isAddition = item.utf8.first == UInt8(ascii: "+")
      let name = isAddition ? String(Substring(item.utf8.dropFirst())) : item
      guard !SubmitJobMember.ofPath.contains(where: { $0.equalsIgnoringASCIICase(name) }) else {
        throw EnvironmentError(Self.variable, "\(name) can't be allowed, because the path decides it: remove it")
      }
      guard isAddition || SubmitJobMember.isKnown(name) else { throw Self.unknown(name) }
      guard !name.isEmpty, name.utf8.allSatisfy(\.isAlphanumeric) else {
        throw EnvironmentError(Self.variable, "\(item.quoted) is not a valid member name: remove it")
      }
      names.append(name)
    }
    self.names = items.contains("*") ? nil : names
  }

  /// Whether a body may have a member of this name.
  func allows(_ name: String) -> Bool {
    // Byte by byte: String treats the Kelvin sign and K as equal.
    names?.contains { $0.utf8.elementsEqual(name.utf8) } ?? true
  }

  private static func unknown(_ name: String) -> EnvironmentError {
    let remedy =
      switch SubmitJobMember.closest(to: name) {
      case let closest? where SubmitJobMember.ofPath.contains(closest): "the path names \(closest); remove it"
      case let closest?: "write \(closest)"
      case nil: "remove it"
      }
    // Only a name of letters and digits can be one that AWS has added.
    let addition = name.utf8.allSatisfy(\.isAlphanumeric) ? ", or +\(name.cut(to: 64)) if AWS has added it" : ""
    return EnvironmentError(variable, "\(name.quoted) is not a member of SubmitJob: \(remedy)\(addition)")
  }
}
