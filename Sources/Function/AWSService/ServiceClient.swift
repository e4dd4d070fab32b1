package import Credentials
package import HTTPTransport
package import Platform
internal import SigV4

/// Sends signed requests to an AWS service, over one connection that it keeps, each at most once.
///
/// A request that may be sent again is signed again, with a time of its own: that is up to the caller. Not thread-safe:
/// a client belongs to one loop.
package final class ServiceClient {
  /// A connection that was idle for longer is not reused: after a freeze it is dead.
  private static let maximumIdleTime = Duration.seconds(10)

  /// The time limits for opening the first request's connection ahead of time: for the endpoint's next bytes, and in
  /// all. A handshake that is under way may finish, although it takes several hundred milliseconds of a small share of
  /// a core.
  private static let openingSilence = Duration.milliseconds(500)
  private static let openingTimeout = Duration.seconds(3)

  private let endpoint: ConfiguredEndpoint
  private let credentials: CredentialsProvider
  private let signer: RequestSigner
  private let http: HTTPClient
  private let clock: WallClock

  /// A client of an endpoint, with the CA bundle and the proxies that the environment configures.
  ///
  /// - Throws: `EnvironmentError`, which names the variable that is unusable, and `TransportError` if this machine's
  ///   libcurl lacks a required feature.
  package init(
    _ endpoint: ConfiguredEndpoint, environment: Environment, credentials: CredentialsProvider, userAgent: String,
    clock: WallClock
  ) throws {
    self.endpoint = endpoint
    self.credentials = credentials
    self.clock = clock
    signer = RequestSigner(endpoint.service)
    var configuration = HTTPClient.Configuration(userAgent: userAgent)
    configuration.certificateBundle = try CertificateBundle(
      environment: environment, amazonRootsSuffice: endpoint.chainsToAmazonRoots)
    configuration.proxies = ProxyVariables(environment: environment, isSecure: endpoint.service.isSecure)
    configuration.maximumIdleTime = Self.maximumIdleTime
    http = try HTTPClient(configuration, clock: clock)
  }

  /// A warning for the function's owner about the endpoint, for the log at startup; nil if there is nothing to say.
  package var warning: String? { endpoint.warning }

  /// Opens the first request's connection ahead of time; gives up if the endpoint is silent for 500 ms, and after 3 s in
  /// any case. Only for `https`, where the handshake is expensive.
  ///
  /// During init Lambda provides a full core; during an invocation, only the share that the function's memory buys. The
  /// request is one unsigned `GET /`, read to the end of its response, because an aborted transfer leaves no reusable
  /// connection. Failures are ignored here: they'll recur, and be reported, with the first request.
  package func openConnection() {
    open(with: http)
  }

  /// Opens a connection and closes it, so that a snapshot of the process has what libcurl and OpenSSL do the first time.
  ///
  /// This takes a client of its own: what it learns, such as the host's address and the TLS session, ends with it.
  package func rehearseConnection() {
    if let client = try? HTTPClient(http.configuration, clock: clock) { open(with: client) }
  }

  private func open(with client: HTTPClient) {
    guard endpoint.service.isSecure else { return }
    let request = HTTPRequest(.get, "\(endpoint.service.origin)/", isIdempotent: true)
    _ = try? client.send(
      request, deadline: clock.now + Self.openingTimeout, maximumSilence: Self.openingSilence)
  }

  /// Posts a body, signed with the current time, and waits for the complete response until the deadline.
  ///
  /// The deadline is compared with the very time that is signed. A process that is paused afterwards, however long, can
  /// therefore send no request that is signed for a time after its deadline.
  package func post(
    _ body: [UInt8], to path: String, headers: [HTTPHeader], deadline: Timestamp
  ) throws(ServiceError) -> HTTPResponse {
    let keys: AWSCredentials
    do throws(CredentialsError) {
      keys = try credentials.credentials(deadline: deadline)
    } catch {
      throw .noCredentials(error)
    }
    let time = clock.now
    guard time < deadline else {
      throw .noResponse(
        TransportError(requestWasSent: false, cause: .timedOut, message: "no time is left to send the request"))
    }
    let request = signer.request(.post(body), path, headers: headers, credentials: keys, at: time)
    do throws(TransportError) {
      return try http.send(request, deadline: deadline)
    } catch {
      throw .noResponse(error)
    }
  }

  /// Whether the last response may belong to another request: more bytes have followed it on a reused connection.
  package var responseIsDoubtful: Bool { http.responseIsDoubtful }

  /// Makes the next request use a new connection.
  package func disconnect() {
    http.disconnect()
  }
}

/// A request to a service that got no complete response.
package enum ServiceError: Error, Equatable, Sendable {
  /// There are no credentials: nothing was sent.
  case noCredentials(CredentialsError)
  /// The request was not sent, or no complete response came.
  case noResponse(TransportError)
}
