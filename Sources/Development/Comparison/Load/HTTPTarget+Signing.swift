package import SigV4

extension HTTPTarget {
  /// The credentials and region for signing requests to a stage with IAM authorization.
  package struct Signing: Sendable {
    /// The caller's credentials.
    package let credentials: AWSCredentials
    /// The region of the API.
    package let region: String

    /// Signs with these credentials for this region.
    package init(credentials: AWSCredentials, region: String) {
      self.credentials = credentials
      self.region = region
    }
  }
}
