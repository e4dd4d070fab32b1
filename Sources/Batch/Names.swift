/// The name of a job queue: 1 to 128 letters, digits, hyphens and underscores.
public struct JobQueueName: Hashable, Sendable, CustomStringConvertible {
  /// The name.
  public let description: String

  /// Nil when the text is no such name.
  public init?(_ text: String) {
    guard text.utf8.isName(length: 1...128) else { return nil }
    description = text
  }
}

/// The name of a job definition, with or without a revision: `name` or `name:revision`.
public struct JobDefinitionName: Hashable, Sendable, CustomStringConvertible {
  /// The name without the revision: 1 to 128 letters, digits, hyphens and underscores.
  public let name: String
  /// The name, and the revision where there is one, as they were written.
  public let description: String
  /// Whether a revision is named; without one, Batch takes the latest that is active.
  public var hasRevision: Bool { description.utf8.count > name.utf8.count }

  /// Nil when the text is no such name. A revision is a whole number from 1, without leading zeros.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let name = parts.first, name.utf8.isName(length: 1...128), parts.count <= 2 else { return nil }
    if parts.count == 2 {
      let digits = parts[1].utf8
      guard (1...10).contains(digits.count), digits.first != UInt8(ascii: "0"),
        digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
      else { return nil }
    }
    self.name = String(name)
    description = text
  }
}

/// The name of a job: up to 128 letters, digits, hyphens and underscores, a letter or a digit first.
public struct JobName: Hashable, Sendable, CustomStringConvertible {
  /// The name.
  public let description: String

  /// Nil when the text is no such name.
  public init?(_ text: String) {
    guard text.utf8.isName(length: 1...128), text.utf8.first?.isAlphanumeric == true else { return nil }
    description = text
  }

  /// A name for a job whose caller gave none: the definition's name, `-`, and the first eight letters and digits of an id.
  public init(for definition: JobDefinitionName, id: String) {
    let prefix = definition.name.utf8.first?.isAlphanumeric == true ? "" : "job"
    let suffix = String(decoding: id.utf8.filter(\.isAlphanumeric).prefix(8), as: UTF8.self)
    description = prefix + definition.name.prefix(119 - prefix.utf8.count) + "-" + suffix
  }
}

extension Collection<UInt8> {
  /// Whether these are letters, digits, hyphens and underscores of ASCII, so many of them.
  fileprivate func isName(length: ClosedRange<Int>) -> Bool {
    length.contains(count) && allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }
}

extension UInt8 {
  fileprivate var isAlphanumeric: Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= self || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20
  }
}
