internal import AWSService
package import Credentials
package import HTTPTransport
package import Platform
internal import RawJSON
internal import SigV4

/// Sends SubmitJob, guaranteed at most once.
///
/// SubmitJob has no idempotency token, so a request that may have reached Batch is never sent again. It is repeated
/// only if it was certainly not sent, or if Batch throttled it. Not thread-safe: a client belongs to one loop.
package final class BatchClient {
  /// A connection that was idle for longer is not reused: after a freeze it is dead.
  private static let maximumIdleTime = Duration.seconds(10)

  /// A request is not repeated with less than this time left.
  private static let minimumTimeForAttempt = Duration.milliseconds(500)

  /// The time limit for opening the first job's connection ahead of time.
  private static let openingTimeout = Duration.milliseconds(500)

  private let endpoint: BatchEndpoint
  private let retry: RetryPolicy
  private let credentials: CredentialsProvider
  private let signer: RequestSigner
  private let http: HTTPClient
  private let clock: WallClock

  /// A client configured by the environment; `random` returns numbers from 0 up to 1, for the pauses before a retry.
  ///
  /// - Throws: `EnvironmentError`, which names the variable that is unusable or missing, and `TransportError` if this
  ///   machine's libcurl lacks a required feature.
  package init(
    environment: Environment, userAgent: String, clock: WallClock,
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) throws {
    endpoint = try BatchEndpoint(environment: environment)
    retry = try RetryPolicy(environment: environment, random: random)
    credentials = try CredentialsProvider(environment: environment, userAgent: userAgent, clock: clock)
    signer = RequestSigner(endpoint.service)
    var configuration = HTTPClient.Configuration(userAgent: userAgent)
    configuration.certificateBundle = try CertificateBundle(
      environment: environment, amazonRootsSuffice: endpoint.chainsToAmazonRoots)
    configuration.proxies = ProxyVariables(environment: environment, isSecure: endpoint.service.isSecure)
    configuration.maximumIdleTime = Self.maximumIdleTime
    http = try HTTPClient(configuration, clock: clock)
    self.clock = clock
  }

  /// A warning for the function's owner about the endpoint, for the log at startup; nil if there is nothing to say.
  package var warning: String? {
    guard endpoint.isExposed, let variable = endpoint.variable else { return nil }
    return "\(variable): requests to \(endpoint.service.origin) carry the session token in clear text. Use https."
  }

  /// Opens the first job's connection ahead of time, within 500 ms. Only for `https`, where the handshake is expensive.
  ///
  /// During init Lambda provides a full core; during an invocation, only the share that the function's memory buys. The
  /// request is one unsigned `GET /`, read to the end of its response, because an aborted transfer leaves no reusable
  /// connection. Failures are ignored here: they'll recur, and be reported, with the first job.
  package func openConnection() {
    guard endpoint.service.isSecure else { return }
    let request = HTTPRequest(.get, "\(endpoint.service.origin)/", isIdempotent: true)
    _ = try? http.send(request, deadline: clock.now + Self.openingTimeout)
  }

  /// Submits a job and waits for the response, until the deadline at the latest, including all attempts and pauses.
  ///
  /// - Throws: `BatchError`. After `outcomeUnknown`, `unreadableResponse` and a refusal whose meaning is `unknown`, Batch
  ///   may still have the job; after any other error, it can't. `notSent` and a `throttled` refusal are thrown once the
  ///   attempts are used up, or no time is left for another.
  package func submitJob(_ job: SubmitJobRequest, deadline: Timestamp) throws(BatchError) -> SubmitJobResponse {
    var attempt = 1
    while true {
      do throws(BatchError) {
        return try send(job, attempt: attempt, deadline: deadline)
      } catch {
        try confirm(error)
        // An attempt that may be cut short would turn a known outcome into an unknown one.
        guard let pause = retry.pause(after: error, attempt: attempt),
          clock.now + (pause + Self.minimumTimeForAttempt) <= deadline
        else { throw error }
        clock.sleep(for: pause)
        // During the pause another response may have arrived: the real one, after a stray throttling error.
        try confirm(error)
        attempt += 1
      }
    }
  }

  /// Throws `outcomeUnknown` if the refusal may be a stray response.
  private func confirm(_ error: BatchError) throws(BatchError) {
    guard case .refused(let refusal, _) = error, http.responseIsDoubtful else { return }
    throw .outcomeUnknown(
      TransportError(
        requestWasSent: true, cause: .doubtful, message: "status \(refusal.status), then another response"))
  }

  private func send(
    _ job: SubmitJobRequest, attempt: Int, deadline: Timestamp
  ) throws(BatchError) -> SubmitJobResponse {
    let request = try signed(job.body, deadline: deadline)
    let response: HTTPResponse
    do throws(TransportError) {
      response = try http.send(request, deadline: deadline)
    } catch {
      throw error.requestWasSent ? .outcomeUnknown(error) : .notSent(error, attempts: attempt)
    }
    guard response.status == 200 else { throw .refused(BatchRefusal(response), attempts: attempt) }
    guard let job = SubmitJobResponse(body: response.body, attempts: attempt) else { throw .unreadableResponse }
    return job
  }

  /// A request signed with the current time: every attempt has its own signature.
  private func signed(_ body: [UInt8], deadline: Timestamp) throws(BatchError) -> HTTPRequest {
    let keys: AWSCredentials
    do throws(CredentialsError) {
      keys = try credentials.credentials(deadline: deadline)
    } catch {
      throw .noCredentials(error)
    }
    return signer.request(
      .post(body), "/v1/submitjob", headers: [("Content-Type", "application/json")], credentials: keys, at: clock.now)
  }
}

/// A SubmitJob call that failed, or whose outcome is unknown.
package enum BatchError: Error, Sendable {
  /// There are no credentials: nothing was sent.
  case noCredentials(CredentialsError)
  /// Nothing was sent, for certain.
  case notSent(TransportError, attempts: Int)
  /// The request was sent, but no complete response came: Batch may have the job.
  case outcomeUnknown(TransportError)
  /// Batch returned an error.
  case refused(BatchRefusal, attempts: Int)
  /// Batch returned 200 with a body that is not SubmitJob's response: there may be a job.
  case unreadableResponse
}
