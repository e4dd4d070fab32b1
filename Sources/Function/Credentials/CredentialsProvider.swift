internal import HTTPTransport
package import Platform
internal import RawJSON
package import SigV4

/// Gives the credentials to sign the next request with.
///
/// Lambda puts them into the environment, fixed for the life of the process; where credentials come from a container
/// endpoint (SnapStart, ECS), they are asked for again before they expire. Not thread-safe: a provider belongs to one loop.
package final class CredentialsProvider {
  /// Credentials are renewed when they have less than this many milliseconds left: ten minutes, as botocore does.
  static let refreshMargin = 600_000
  /// One question to a container endpoint takes at most this many milliseconds.
  static let requestTimeout = 2000
  /// Questions in all, when there are no good credentials and the endpoint fails in a way that may pass.
  static let maximumAttempts = 3
  /// A renewal of credentials that are still good takes at most this many milliseconds, and a failed one is not
  /// repeated for so many: no request waits for what it does not need yet.
  static let renewalTimeout = 500
  static let renewalPause = 30_000

  private let source: Source
  private let clock: WallClock
  private var issued: IssuedCredentials?
  /// After a renewal that failed, the next is tried from then on.
  private var nextRenewal: Timestamp?

  private enum Source {
    case environment(AWSCredentials)
    case container(ContainerEndpoint, HTTPClient)
  }

  /// The provider that the environment describes.
  ///
  /// `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` (with `AWS_SESSION_TOKEN`) come first, then a container endpoint.
  /// - Throws: `EnvironmentError`, which names the variable that can't be used, or is missing where the environment
  ///   describes no provider, and `TransportError` when this machine's libcurl lacks what is needed.
  package init(environment: Environment, userAgent: String, clock: WallClock) throws {
    self.clock = clock
    if let id = environment["AWS_ACCESS_KEY_ID"] {
      guard let secret = environment["AWS_SECRET_ACCESS_KEY"] else {
        throw EnvironmentError("AWS_SECRET_ACCESS_KEY", "is not set, but AWS_ACCESS_KEY_ID is: set both")
      }
      for variable in ["AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN"] where environment[variable]?.isHeaderValue == false {
        throw EnvironmentError(variable, "holds a line break or another character that a header can't: set it anew")
      }
      source = .environment(
        AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: environment["AWS_SESSION_TOKEN"]))
    } else if let endpoint = try ContainerEndpoint(environment: environment) {
      var configuration = HTTPClient.Configuration(userAgent: userAgent)
      configuration.certificateBundle = try CertificateBundle(environment: environment)
      configuration.connectTimeout = Self.requestTimeout
      configuration.maximumIdleTime = 0
      source = .container(endpoint, try HTTPClient(configuration, clock: clock))
    } else {
      throw EnvironmentError(
        "AWS_ACCESS_KEY_ID",
        "is not set, nor is AWS_CONTAINER_CREDENTIALS_FULL_URI: Lambda sets one of them from the function's role")
    }
  }

  /// The credentials of now, asked for until a deadline at the most.
  ///
  /// - Throws: `CredentialsError` when a container endpoint gives none, or ones that have expired, or its token can't be
  ///   read, and there are none from before that are still good.
  package func credentials(deadline: Timestamp) throws(CredentialsError) -> AWSCredentials {
    switch source {
    case .environment(let credentials):
      return credentials
    case .container(let endpoint, let client):
      let now = clock.now
      guard let issued, !issued.expires(by: now) else {
        let fresh = try ask(endpoint, client, deadline: deadline, attempts: Self.maximumAttempts)
        self.issued = fresh
        return fresh.credentials
      }
      guard issued.expires(by: now.advanced(byMilliseconds: Self.refreshMargin)) else { return issued.credentials }
      if let nextRenewal, now < nextRenewal, nextRenewal.milliseconds(since: now) <= Self.renewalPause {
        return issued.credentials
      }
      let limit = min(deadline, now.advanced(byMilliseconds: Self.renewalTimeout))
      do throws(CredentialsError) {
        let fresh = try ask(endpoint, client, deadline: limit, attempts: 1)
        (self.issued, nextRenewal) = (fresh, nil)
        return fresh.credentials
      } catch {
        nextRenewal = now.advanced(byMilliseconds: Self.renewalPause)
        return issued.credentials
      }
    }
  }

  private func ask(
    _ endpoint: ContainerEndpoint, _ client: HTTPClient, deadline: Timestamp, attempts: Int
  ) throws(CredentialsError) -> IssuedCredentials {
    var request = HTTPRequest(.get, endpoint.url, headers: [("Accept", "application/json")], isIdempotent: true)
    if let token = try endpoint.token() { request.headers.append(("Authorization", token)) }
    var attempt = 1
    while true {
      let limit = min(deadline, clock.now.advanced(byMilliseconds: Self.requestTimeout))
      do throws(CredentialsError) {
        return try answer(to: request, of: endpoint, client, deadline: limit)
      } catch {
        guard error.mayPass, attempt < attempts, clock.now < deadline else { throw error }
        attempt += 1
      }
    }
  }

  private func answer(
    to request: HTTPRequest, of endpoint: ContainerEndpoint, _ client: HTTPClient, deadline: Timestamp
  ) throws(CredentialsError) -> IssuedCredentials {
    let response: HTTPResponse
    do throws(TransportError) {
      response = try client.send(request, deadline: deadline)
    } catch {
      throw CredentialsError("no answer from \(endpoint.origin): \(error)", mayPass: true)
    }
    guard response.status == 200 else {
      throw CredentialsError(
        "\(endpoint.origin) answered with status \(response.status)", mayPass: response.status >= 500)
    }
    let issued: IssuedCredentials
    do throws(JSONError) {
      issued = try IssuedCredentials(json: response.body)
    } catch {
      throw CredentialsError("\(endpoint.origin) did not return credentials: \(error)")
    }
    // Asked again at once, the endpoint would return the same: the next invocation asks again.
    guard !issued.expires(by: clock.now) else {
      throw CredentialsError(
        "\(endpoint.origin) returned credentials that have already expired. Check the endpoint and this machine's clock"
      )
    }
    return issued
  }
}
