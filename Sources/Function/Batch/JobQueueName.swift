/// The name of a job queue: 1 to 128 letters, digits, hyphens and underscores.
package struct JobQueueName: Hashable, Sendable, CustomStringConvertible {
  /// The name.
  package let description: String

  /// Nil if the text is not a valid name.
  package init?(_ text: String) {
    guard text.utf8.isName(length: 1...128) else { return nil }
    description = text
  }
}
