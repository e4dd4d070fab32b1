internal import Platform

/// One revision of a job definition.
struct JobDefinitionRevision: Hashable, Comparable, Sendable, LosslessStringConvertible {
  /// The definition's name.
  let name: String
  /// Its revision, from 1.
  let revision: Int

  /// Parses `NAME`, which means its revision 1, or `NAME:REVISION`; nil for any other text.
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

  /// Parses a revision: decimal digits without a sign or a leading zero.
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

extension StringProtocol {
  /// Whether this is a valid name of a queue or definition: 1 to 128 letters, digits, hyphens and underscores.
  var isResourceName: Bool {
    (1...128).contains(utf8.count)
      && utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }

  /// Whether this is a valid job name: a resource name that starts with a letter or a digit.
  var isJobName: Bool {
    isResourceName && utf8.first?.isAlphanumeric == true
  }
}
