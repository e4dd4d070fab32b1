internal import Foundation
internal import Platform

/// Where a deployed stage takes jobs, as its URL for one queue and one definition says.
struct DeployedPlace {
  /// The URL with places for a queue and a definition.
  let url: SubmitURL
  /// The path of the URL as it was given.
  let path: String
  /// The queue in it, decoded.
  let jobQueue: String
  /// The definition in it, decoded.
  let jobDefinition: String

  /// Reads a URL whose last two segments are a queue and a definition, and that is sent as it stands.
  ///
  /// - Throws: `DeployedURLError`, and `EnvironmentError`.
  init(_ text: String, _ environment: Platform.Environment) throws {
    func error(_ reason: String) -> DeployedURLError { DeployedURLError(url: text, reason: reason) }
    guard ["http://", "https://"].contains(where: text.lowercased().hasPrefix) else {
      throw error("it doesn't begin with https://")
    }
    guard let url = HTTPURL(text) else { throw error("it has no host, or a port or a character that no URL has") }
    if text.contains(where: "?#".contains) { throw error("it has a query or a fragment, and jobs have neither") }
    if text.contains(where: "{}".contains) { throw error("it has braces where a queue or a definition should be") }
    let segments = text.split(separator: "/", omittingEmptySubsequences: false)
    guard url.path.split(separator: "/").count >= 2, let jobQueue = segments.dropLast().last?.removingPercentEncoding,
      let jobDefinition = segments.last?.removingPercentEncoding, !jobQueue.isEmpty, !jobDefinition.isEmpty,
      let submitURL = SubmitURL(
        template: (segments.dropLast(2) + [SubmitURL.jobQueue[...], SubmitURL.jobDefinition[...]])
          .joined(separator: "/"))
    else { throw error("its path doesn't end in the names of a job queue and a job definition") }
    do {
      _ = try HTTPTarget(url: text, environment: environment) { _ in [] }
    } catch let target as HTTPTargetError {
      throw error("it \(target.reason)")
    }
    self.url = submitURL
    path = url.path
    self.jobQueue = jobQueue
    self.jobDefinition = jobDefinition
  }
}
