internal import Glibc
internal import HTTPTransport
package import Platform

/// The endpoint that issues a container's credentials, from `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or `_FULL_URI`.
///
/// See [Container credential provider](https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html).
package struct ContainerEndpoint: Equatable, Sendable {
  /// The URL that credentials are requested from.
  package let url: String
  let authorization: Authorization?

  /// The URL without its path, for a message: on ECS, knowing the path is enough to get the keys.
  var origin: String { HTTPURL(url)?.origin ?? "the container endpoint" }

  /// The source of the token for the `Authorization` header.
  enum Authorization: Equatable, Sendable {
    case token(String)
    /// A file that is read for every request, because its content is replaced while the process runs.
    case file(String)
  }

  /// The endpoint that the environment names; nil if it doesn't name one. Throws if credentials must not come from it.
  ///
  /// A full URI must be `https`, or `http` to a loopback address or one that ECS and EKS use: a token is never sent in
  /// clear text to any other host.
  package init?(environment: Environment) throws(EnvironmentError) {
    if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
      url = "http://169.254.170.2\(path.utf8.first == UInt8(ascii: "/") ? "" : "/")\(path)"
    } else if let full = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] {
      guard Self.isAllowed(full) else {
        throw EnvironmentError(
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "is not allowed: use https, or http to localhost, 127.0.0.0/8, [::1], 169.254.170.2, "
            + "169.254.170.23 or [fd00:ec2::23]")
      }
      url = full
    } else {
      return nil
    }
    if let file = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] {
      authorization = .file(file)
    } else {
      authorization = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"].map { .token($0) }
    }
  }

  static func isAllowed(_ text: String) -> Bool {
    guard let url = HTTPURL(text) else { return false }
    return url.isSecure || url.isLoopback || ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"].contains(url.host)
  }

  /// The current value of the `Authorization` header; nil if the environment doesn't name one.
  func token() throws(CredentialsError) -> String? {
    let token: String
    switch authorization {
    case nil: return nil
    case .token(let value): token = value
    case .file(let path):
      guard let content = Self.contents(ofFile: path) else {
        throw CredentialsError("can't read the token file \(path.quoted) of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
      }
      token = content
    }
    guard token.isHeaderValue else {
      throw CredentialsError("the container authorization token contains a character that a header can't carry")
    }
    return token
  }

  private static func contents(ofFile path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    // No real token is this large.
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    guard ferror(file) == 0, count < bytes.count else { return nil }
    return String(validating: bytes[..<count], as: UTF8.self)
  }
}
