internal import Platform

/// A URL that names no deployed route for jobs.
package struct DeployedURLError: Error, Hashable, CustomStringConvertible {
  /// The URL as it was given.
  package let url: String
  /// What is the matter with it.
  package let reason: String

  /// One line that names the URL and ends with what to type.
  package var description: String {
    "\(url.redactingUserInfo.quoted) is not a URL that takes jobs: \(reason); use one such as "
      + "https://abc123.execute-api.us-east-1.amazonaws.com/v1/direct/jobs/my-queue/my-job"
  }
}
