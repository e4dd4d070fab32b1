/// The reason why there are no credentials to sign with.
package struct CredentialsError: Error, Hashable, CustomStringConvertible {
  /// What went wrong, without any secret.
  package let description: String
  /// Whether another request may succeed.
  let mayPass: Bool

  init(_ description: String, mayPass: Bool = false) {
    self.description = description
    self.mayPass = mayPass
  }
}
