internal import Platform

/// The name of a job: up to 128 letters, digits, hyphens and underscores, starting with a letter or a digit.
package struct JobName: Hashable, Sendable, CustomStringConvertible {
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
