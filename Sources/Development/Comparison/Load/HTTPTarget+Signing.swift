package import SigV4

extension HTTPTarget {
  /// What requests to a stage with IAM authorization are signed with.
  package struct Signing: Sendable {
    /// The caller's credentials.
    package let credentials: AWSCredentials
    /// The region of the API.
    package let region: String

    /// Credentials, and the region that they are used in.
    package init(credentials: AWSCredentials, region: String) {
      self.credentials = credentials
      self.region = region
    }
  }
}
