/// A job definition's name with one of its revisions.
struct JobDefinitionRevision: Hashable, Comparable, Sendable, LosslessStringConvertible {
  /// The definition's name.
  let name: String
  /// Its revision, from 1.
  let revision: Int

  /// Reads `NAME` or `NAME:REVISION`; a name alone is its revision 1. Nil for anything else.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let name = parts.first, name.isResourceName else { return nil }
    guard let revision = parts.count == 1 ? 1 : Self.revision(parts[1]) else { return nil }
    self.init(name: String(name), revision: revision)
  }

  /// One revision of a definition.
  init(name: String, revision: Int) {
    self.name = name
    self.revision = revision
  }

  /// Reads a revision: decimal digits without a sign or a leading zero.
  static func revision(_ text: some StringProtocol) -> Int? {
    guard let revision = Int(text), revision > 0, String(revision) == text else { return nil }
    return revision
  }

  /// `NAME:REVISION`.
  var description: String { "\(name):\(revision)" }

  /// Orders by name, then by revision.
  static func < (one: JobDefinitionRevision, other: JobDefinitionRevision) -> Bool {
    (one.name, one.revision) < (other.name, other.revision)
  }
}
