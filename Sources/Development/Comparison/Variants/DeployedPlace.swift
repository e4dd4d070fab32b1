internal import Foundation
internal import Platform

/// The submit route of a deployed stage, parsed from its URL for one queue and one definition.
struct DeployedPlace {
  /// The URL with placeholders for a queue and a definition.
  let url: SubmitURL
  /// The path of the URL as given.
  let path: String
  /// The queue in the path, decoded.
  let jobQueue: String
  /// The definition in the path, decoded.
  let jobDefinition: String

  /// Parses a URL whose last two segments are a queue and a definition, and that can be sent exactly as written.
  ///
  /// - Throws: `DeployedURLError`, and `EnvironmentError`.
  init(_ text: String, _ environment: Platform.Environment) throws {
    func error(_ reason: String) -> DeployedURLError { DeployedURLError(url: text, reason: reason) }
    guard ["http://", "https://"].contains(where: text.lowercased().hasPrefix) else {
      throw error("it doesn't begin with https://")
    }
    guard let url = HTTPURL(text) else { throw error("it has no host, an invalid port or an invalid character") }
    if text.contains(where: "?#".contains) { throw error("it has a query or a fragment") }
    if text.contains(where: "{}".contains) { throw error("it has braces instead of a queue or a definition") }
    let segments = text.split(separator: "/", omittingEmptySubsequences: false)
    guard url.path.split(separator: "/").count >= 2, let jobQueue = segments.dropLast().last?.removingPercentEncoding,
      let jobDefinition = segments.last?.removingPercentEncoding, !jobQueue.isEmpty, !jobDefinition.isEmpty,
      let submitURL = SubmitURL(
        pattern: (segments.dropLast(2) + [SubmitURL.jobQueue[...], SubmitURL.jobDefinition[...]])
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

/// A URL that isn't that of a deployed submit route.
package struct DeployedURLError: Error, Hashable, CustomStringConvertible {
  /// The URL as given.
  package let url: String
  /// The fault.
  package let reason: String

  /// One line that names the URL, the reason and an example.
  package var description: String {
    "\(url.redactingUserInfo.quoted) is not the URL of a submit route: \(reason); use one such as "
      + "https://abc123.execute-api.us-east-1.amazonaws.com/v1/direct/jobs/my-queue/my-job"
  }
}
