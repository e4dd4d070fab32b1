internal import Platform

/// The name of a job queue: 1 to 128 letters, digits, hyphens and underscores.
package struct JobQueueName: Equatable, Sendable, CustomStringConvertible {
  /// The name.
  package let description: String

  /// Nil if the text is not a valid name.
  package init?(_ text: String) {
    guard text.utf8.isName(length: 1...128) else { return nil }
    description = text
  }
}

/// The name of a job definition, with or without a revision: `name` or `name:revision`.
package struct JobDefinitionName: Hashable, Sendable, CustomStringConvertible {
  /// The name without the revision: 1 to 128 letters, digits, hyphens and underscores.
  package let name: String
  /// The name, and the revision if there is one, as written.
  package let description: String
  /// Whether a revision is named; without one, Batch uses the latest active one.
  package var hasRevision: Bool { description.utf8.count > name.utf8.count }

  /// Nil if the text is not a valid name. A revision is an integer from 1, without leading zeros.
  package init?(_ text: String) {
    let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
    let name = text[..<(colon ?? text.endIndex)]
    guard name.utf8.isName(length: 1...128) else { return nil }
    if let colon {
      let digits = text.utf8[colon...].dropFirst()
      guard (1...10).contains(digits.count), digits.first != UInt8(ascii: "0"), digits.allSatisfy(\.isDigit) else {
        return nil
      }
    }
    self.name = String(name)
    description = text
  }
}

/// The name of a job: up to 128 letters, digits, hyphens and underscores, starting with a letter or a digit.
package struct JobName: Equatable, Sendable, CustomStringConvertible {
  /// The name.
  package let description: String

  /// Nil if the text is not a valid name.
  package init?(_ text: String) {
    guard text.utf8.isName(length: 1...128), text.utf8.first?.isAlphanumeric == true else { return nil }
    description = text
  }

  /// A name for a job without one: the definition's name, `-`, and the first eight letters and digits of an id.
  package init(for definition: JobDefinitionName, id: String) {
    let prefix = definition.name.utf8.first?.isAlphanumeric == true ? "" : "job"
    let suffix = String(decoding: id.utf8.filter(\.isAlphanumeric).prefix(8), as: UTF8.self)
    description = prefix + definition.name.prefix(119 - prefix.utf8.count) + "-" + suffix
  }
}

extension Collection<UInt8> {
  /// Whether these bytes are ASCII letters, digits, hyphens and underscores, and their count is in the range.
  fileprivate func isName(length: ClosedRange<Int>) -> Bool {
    length.contains(count) && allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }
}
