internal import Platform

/// A URL that names no deployed route for jobs.
public struct DeployedURLError: Error, Hashable, CustomStringConvertible {
  /// The URL as it was given.
  public let url: String
  /// What is the matter with it.
  public let reason: String

  /// One line that names the URL and ends with what to type.
  public var description: String {
    "\(url.redactingUserInfo.quoted) is no URL that jobs are posted to: \(reason); type one such as "
      + "https://abc123.execute-api.us-east-1.amazonaws.com/v1/direct/jobs/my-queue/my-job"
  }
}
