internal import HTTPTransport
package import Platform
internal import RawJSON
package import SigV4

/// Provides the credentials that sign the next request.
///
/// Lambda puts credentials into the environment, fixed for the life of the process. Credentials from a container
/// endpoint (SnapStart, ECS) are renewed before they expire. Not thread-safe: a provider belongs to one loop.
package final class CredentialsProvider {
  /// Credentials are renewed when they expire within this time, as in botocore.
  static let refreshMargin = Duration.seconds(600)
  /// The time limit for one request to a container endpoint.
  static let requestTimeout = Duration.seconds(2)
  /// The total number of requests when there are no valid credentials and the endpoint's failure may be temporary.
  static let maximumAttempts = 3
  /// The time limit for renewing credentials that are still valid, and the pause after a failed renewal: no request
  /// waits for something that it doesn't need yet.
  static let renewalTimeout = Duration.milliseconds(500)
  static let renewalPause = Duration.seconds(30)

  private let source: Source
  private let clock: WallClock
  private var issued: IssuedCredentials?
  /// The earliest time of the next renewal, after one that failed.
  private var nextRenewal: Timestamp?

  private enum Source {
    case environment(AWSCredentials)
    case container(ContainerEndpoint, HTTPClient)
  }

  /// The provider that the environment configures.
  ///
  /// `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` (with `AWS_SESSION_TOKEN`) come first, then a container endpoint.
  /// - Throws: `EnvironmentError`, which names the variable that is unusable or missing, and `TransportError` if this
  ///   machine's libcurl lacks a required feature.
  package init(environment: Environment, userAgent: String, clock: WallClock) throws {
    self.clock = clock
    if let id = environment["AWS_ACCESS_KEY_ID"] {
      guard let secret = environment["AWS_SECRET_ACCESS_KEY"] else {
        throw EnvironmentError("AWS_SECRET_ACCESS_KEY", "is not set, but AWS_ACCESS_KEY_ID is: set both")
      }
      for variable in ["AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN"] where environment[variable]?.isHeaderValue == false {
        throw EnvironmentError(
          variable, "contains a character that a header can't carry, such as a line break; set it again")
      }
      source = .environment(
        AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: environment["AWS_SESSION_TOKEN"]))
    } else if let endpoint = try ContainerEndpoint(environment: environment) {
      var configuration = HTTPClient.Configuration(userAgent: userAgent)
      configuration.certificateBundle = try CertificateBundle(environment: environment)
      configuration.connectTimeout = Self.requestTimeout
      configuration.maximumIdleTime = .zero
      source = .container(endpoint, try HTTPClient(configuration, clock: clock))
    } else {
      throw EnvironmentError(
        "AWS_ACCESS_KEY_ID",
        "is not set, nor is AWS_CONTAINER_CREDENTIALS_FULL_URI: Lambda sets one of them from the function's role")
    }
  }

  /// The current credentials, requested until the deadline at the latest.
  ///
  /// - Throws: `CredentialsError` if a container endpoint returns no credentials or expired ones, or its token can't be
  ///   read, and no earlier credentials are still valid.
  package func credentials(deadline: Timestamp) throws(CredentialsError) -> AWSCredentials {
    switch source {
    case .environment(let credentials):
      return credentials
    case .container(let endpoint, let client):
      let now = clock.now
      guard let issued, !issued.expires(by: now) else {
        let fresh = try fetch(from: endpoint, client, deadline: deadline, attempts: Self.maximumAttempts)
        self.issued = fresh
        return fresh.credentials
      }
      guard issued.expires(by: now + Self.refreshMargin) else { return issued.credentials }
      if let nextRenewal, now < nextRenewal, nextRenewal <= now + Self.renewalPause {
        return issued.credentials
      }
      let limit = min(deadline, now + Self.renewalTimeout)
      do throws(CredentialsError) {
        let fresh = try fetch(from: endpoint, client, deadline: limit, attempts: 1)
        (self.issued, nextRenewal) = (fresh, nil)
        return fresh.credentials
      } catch {
        nextRenewal = now + Self.renewalPause
        return issued.credentials
      }
    }
  }

  private func fetch(
    from endpoint: ContainerEndpoint, _ client: HTTPClient, deadline: Timestamp, attempts: Int
  ) throws(CredentialsError) -> IssuedCredentials {
    var request = HTTPRequest(.get, endpoint.url, headers: [("Accept", "application/json")], isIdempotent: true)
    if let token = try endpoint.token() { request.headers.append(("Authorization", token)) }
    var attempt = 1
    while true {
      let limit = min(deadline, clock.now + Self.requestTimeout)
      do throws(CredentialsError) {
        return try send(request, to: endpoint, client, deadline: limit)
      } catch {
        guard error.mayPass, attempt < attempts, clock.now < deadline else { throw error }
        attempt += 1
      }
    }
  }

  private func send(
    _ request: HTTPRequest, to endpoint: ContainerEndpoint, _ client: HTTPClient, deadline: Timestamp
  ) throws(CredentialsError) -> IssuedCredentials {
    let response: HTTPResponse
    do throws(TransportError) {
      response = try client.send(request, deadline: deadline)
    } catch {
      throw CredentialsError("no response from \(endpoint.origin): \(error)", mayPass: true)
    }
    guard response.status == 200 else {
      throw CredentialsError(
        "\(endpoint.origin) returned status \(response.status)", mayPass: response.status >= 500)
    }
    let issued: IssuedCredentials
    do throws(JSONError) {
      issued = try IssuedCredentials(json: response.body)
    } catch {
      throw CredentialsError("\(endpoint.origin) did not return credentials: \(error)")
    }
    // An immediate second request would return the same; the next invocation tries again.
    guard !issued.expires(by: clock.now) else {
      throw CredentialsError(
        "\(endpoint.origin) returned credentials that have already expired. Check the endpoint and this machine's clock"
      )
    }
    return issued
  }
}

/// The reason why there are no credentials to sign with.
package struct CredentialsError: Error, Equatable, CustomStringConvertible {
  /// What went wrong, without any secret.
  package let description: String
  /// Whether another request may succeed.
  let mayPass: Bool

  init(_ description: String, mayPass: Bool = false) {
    self.description = description
    self.mayPass = mayPass
  }
}
