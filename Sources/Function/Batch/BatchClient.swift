internal import Credentials
internal import HTTPTransport
package import Platform
internal import RawJSON
internal import SigV4

/// Sends SubmitJob, guaranteed at most once.
///
/// SubmitJob has no idempotency token: what may have reached Batch is not sent again. A request is repeated only when it
/// surely was not sent, or when Batch answered that it was throttled. Not thread-safe: a client belongs to one loop.
package final class BatchClient {
  /// A connection that was not used for this long is not used again, in milliseconds: after a freeze it is dead.
  private static let maximumIdleTime = 10_000

  /// A request is not repeated with less than this left of the time, in milliseconds.
  private static let minimumTimeForAttempt = 500

  /// The longest that opening the connection ahead of the first job may take, in milliseconds.
  private static let openingTimeout = 500

  private let endpoint: BatchEndpoint
  private let url: String
  private let canonicalPath: String
  private let retry: RetryPolicy
  private let credentials: CredentialsProvider
  private let signer: Signer
  private let http: HTTPClient
  private let clock: WallClock

  /// A client as the environment describes it; `random` gives numbers from 0 up to 1, for the pauses before a retry.
  ///
  /// - Throws: `EnvironmentError`, which names the variable that can't be used or is missing, and `TransportError` when
  ///   this machine's libcurl lacks what is needed.
  package init(
    environment: Environment, userAgent: String, clock: WallClock,
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) throws {
    endpoint = try BatchEndpoint(environment: environment)
    canonicalPath = "\(endpoint.path)/v1/submitjob"
    url = "\(endpoint.url)/v1/submitjob"
    retry = try RetryPolicy(environment: environment, random: random)
    credentials = try CredentialsProvider(environment: environment, userAgent: userAgent, clock: clock)
    signer = Signer(region: endpoint.region, service: "batch")
    var configuration = HTTPClient.Configuration(userAgent: userAgent)
    configuration.certificateBundle = try CertificateBundle(
      environment: environment, amazonRootsSuffice: endpoint.chainsToAmazonRoots)
    configuration.proxies = ProxyVariables(environment: environment, isSecure: endpoint.isSecure)
    configuration.maximumIdleTime = Self.maximumIdleTime
    http = try HTTPClient(configuration, clock: clock)
    self.clock = clock
  }

  /// What the function's owner should know about the endpoint before the first job; nil when there is nothing.
  package var warning: String? {
    guard endpoint.isExposed, let variable = endpoint.variable else { return nil }
    return "\(variable): requests to http://\(endpoint.host) carry the session token in clear text. Use https."
  }

  /// Opens the connection that the first job goes out on, in half a second at the most: for `https`, where it is dear.
  ///
  /// During init Lambda gives a full core; in the first invocation, the share that the function's memory buys. One
  /// unsigned `GET /`, whole with its answer, since a transfer that is given up leaves no connection to be used again.
  /// It submits nothing, so nothing about it matters to the caller: what fails here fails again with a job, and is told.
  package func openConnection() {
    guard endpoint.isSecure else { return }
    let request = HTTPRequest(.get, "https://\(endpoint.host)/", isIdempotent: true)
    _ = try? http.send(request, deadline: clock.now.advanced(byMilliseconds: Self.openingTimeout))
  }

  /// Submits a job and waits for the answer until a deadline at the most, attempts and pauses included.
  ///
  /// - Throws: `BatchError`. After `outcomeUnknown`, `unreadableAnswer` and a refusal whose meaning is `unknown`, Batch
  ///   may have the job all the same; after any other it surely has not. `notSent` and a refusal that is `throttled` are
  ///   thrown when the attempts are used up, or no time is left for another.
  package func submitJob(_ job: SubmitJobRequest, deadline: Timestamp) throws(BatchError) -> SubmitJobResponse {
    var attempt = 1
    while true {
      do throws(BatchError) {
        return try send(job, attempt: attempt, deadline: deadline)
      } catch {
        try confirm(error)
        // An attempt that may be cut off would make a known outcome unknown.
        guard let pause = retry.pause(after: error, attempt: attempt),
          clock.now.advanced(byMilliseconds: pause + Self.minimumTimeForAttempt) <= deadline
        else { throw error }
        clock.sleep(milliseconds: pause)
        // During the pause another response may have come: Batch's own, after a stray throttle.
        try confirm(error)
        attempt += 1
      }
    }
  }

  /// Makes the outcome unknown when the refusal may be a stray response.
  private func confirm(_ error: BatchError) throws(BatchError) {
    guard case .refused(let refusal, _) = error, http.responseIsDoubtful else { return }
    throw .outcomeUnknown(
      TransportError(requestWasSent: true, cause: .doubtful, message: "\(refusal.status), and then another response"))
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
    guard let answer = SubmitJobResponse(body: response.body, attempts: attempt) else { throw .unreadableAnswer }
    return answer
  }

  /// A request signed for this moment: an attempt after a pause is signed anew.
  private func signed(_ body: [UInt8], deadline: Timestamp) throws(BatchError) -> HTTPRequest {
    let keys: AWSCredentials
    do throws(CredentialsError) {
      keys = try credentials.credentials(deadline: deadline)
    } catch {
      throw .noCredentials(error)
    }
    let now = clock.now
    var headers = [
      (name: "Content-Type", value: "application/json"), (name: "Host", value: endpoint.host),
      (name: "X-Amz-Date", value: now.iso8601Basic),
    ]
    if let token = keys.sessionToken { headers.append((name: "X-Amz-Security-Token", value: token)) }
    let canonical = CanonicalRequest(
      method: "POST", canonicalPath: canonicalPath, headers: headers, payloadHash: signer.payloadHash(body))
    headers.append(("Authorization", signer.authorization(for: canonical, credentials: keys, at: now)))
    return HTTPRequest(.post(body), url, headers: headers, isIdempotent: false)
  }
}
