internal import Platform

/// Where a variant takes jobs: a URL with places for the job queue and the job definition.
package struct SubmitURL: Hashable, Sendable {
  /// What stands for the job queue.
  static let jobQueue = "{jobQueue}"
  /// What stands for the job definition.
  static let jobDefinition = "{jobDefinition}"

  /// The URL with both places in it.
  package let template: String

  /// A URL with `{jobQueue}` and `{jobDefinition}` in it, once each, and no other place.
  init?(template: String) {
    let rest = template.replacing(Self.jobQueue, with: "", maxReplacements: 1)
      .replacing(Self.jobDefinition, with: "", maxReplacements: 1)
    guard template.utf8.count - rest.utf8.count == Self.jobQueue.utf8.count + Self.jobDefinition.utf8.count,
      !rest.contains("{")
    else { return nil }
    self.template = template
  }

  private init(checked template: String) {
    self.template = template
  }

  /// The URL of a path that has both places in it.
  ///
  /// - Parameter origin: what goes before the path, such as `http://127.0.0.1:3000`.
  func at(_ origin: String) -> SubmitURL { SubmitURL(checked: origin + template) }

  /// The URL for a queue and a definition, whatever characters their names have.
  package func url(jobQueue: String, jobDefinition: String) -> String {
    // Encoded names have no braces, so neither can be taken for the other's place.
    template.replacing(Self.jobQueue, with: jobQueue.percentEncoded())
      .replacing(Self.jobDefinition, with: jobDefinition.percentEncoded())
  }
}
