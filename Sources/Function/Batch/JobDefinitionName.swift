internal import Platform

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
