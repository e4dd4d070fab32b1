internal import Platform

/// A variant's submit route: a URL or path with placeholders for the job queue and the job definition.
package struct SubmitURL: Hashable, Sendable {
  /// The placeholder for the job queue.
  static let jobQueue = "{jobQueue}"
  /// The placeholder for the job definition.
  static let jobDefinition = "{jobDefinition}"

  /// The URL or path with both placeholders.
  package let pattern: String

  /// Nil unless the pattern has `{jobQueue}` and `{jobDefinition}` once each, and no other placeholder.
  init?(pattern: String) {
    let rest = pattern.replacing(Self.jobQueue, with: "", maxReplacements: 1)
      .replacing(Self.jobDefinition, with: "", maxReplacements: 1)
    guard pattern.utf8.count - rest.utf8.count == Self.jobQueue.utf8.count + Self.jobDefinition.utf8.count,
      !rest.contains("{")
    else { return nil }
    self.pattern = pattern
  }

  private init(checked pattern: String) {
    self.pattern = pattern
  }

  /// The URL of a path with both placeholders.
  ///
  /// - Parameter origin: precedes the path, such as `http://127.0.0.1:3000`.
  func at(_ origin: String) -> SubmitURL { SubmitURL(checked: origin + pattern) }

  /// The URL for a queue and a definition, whose names may contain any characters.
  package func url(jobQueue: String, jobDefinition: String) -> String {
    // Encoded names have no braces, so neither can be mistaken for a placeholder.
    pattern.replacing(Self.jobQueue, with: jobQueue.percentEncoded())
      .replacing(Self.jobDefinition, with: jobDefinition.percentEncoded())
  }
}
