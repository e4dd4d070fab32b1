package import AWSService
package import Credentials
package import HTTPTransport
package import Platform

/// Sends SubmitJob, guaranteed at most once.
///
/// SubmitJob has no idempotency token, so a request that may have reached Batch is never sent again. It is repeated
/// only if it was certainly not sent, or if Batch throttled it. Not thread-safe: a client belongs to one loop.
package final class BatchClient {
  /// A request is not repeated with less than this time left.
  static let minimumTimeForAttempt = Duration.milliseconds(500)

  let service: ServiceClient
  let retry: RetryPolicy
  let clock: WallClock

  /// A client configured by the environment; `random` returns numbers from 0 up to 1, for the pauses before a retry.
  ///
  /// - Throws: `EnvironmentError`, which names the variable that is unusable or missing, and `TransportError` if this
  ///   machine's libcurl lacks a required feature.
  package init(
    environment: Environment, credentials: CredentialsProvider, userAgent: String, clock: WallClock,
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) throws {
    let endpoint = try BatchEndpoint(environment: environment)
    retry = try RetryPolicy(environment: environment, random: random)
    service = try ServiceClient(
      endpoint.configured, environment: environment, credentials: credentials, userAgent: userAgent, clock: clock)
    self.clock = clock
  }

  /// A warning for the function's owner about the endpoint, for the log at startup; nil if there is nothing to say.
  package var warning: String? { service.warning }

  /// Opens the first job's connection ahead of time; gives up after 500 ms of silence. Submits nothing.
  package func openConnection() {
    service.openConnection()
  }

  /// Opens a connection and closes it, before a snapshot of the process. Submits nothing.
  package func rehearseConnection() {
    service.rehearseConnection()
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
    guard case .refused(let refusal, _) = error, service.responseIsDoubtful else { return }
    throw .outcomeUnknown(
      TransportError(
        requestWasSent: true, cause: .doubtful, message: "status \(refusal.status), then another response"))
  }

  private func send(
    _ job: SubmitJobRequest, attempt: Int, deadline: Timestamp
  ) throws(BatchError) -> SubmitJobResponse {
    let response: HTTPResponse
    do throws(ServiceError) {
      response = try service.post(
        job.body, to: "/v1/submitjob", headers: [("Content-Type", "application/json")], deadline: deadline)
    } catch {
      switch error {
      case .noCredentials(let error): throw .noCredentials(error)
      case .noResponse(let error):
        throw error.requestWasSent ? .outcomeUnknown(error) : .notSent(error, attempts: attempt)
      }
    }
    guard response.status == 200 else { throw .refused(ServiceRefusal(response), attempts: attempt) }
    guard let job = SubmitJobResponse(body: response.body, attempts: attempt) else { throw .unreadableResponse }
    return job
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
  case refused(ServiceRefusal, attempts: Int)
  /// Batch returned 200 with a body that is not SubmitJob's response: there may be a job.
  case unreadableResponse

  /// Whether Batch certainly has no job.
  package var excludesJob: Bool {
    switch self {
    case .noCredentials, .notSent: true
    case .refused(let refusal, _): refusal.meaning != .unknown
    case .outcomeUnknown, .unreadableResponse: false
    }
  }
}

extension RetryPolicy {
  /// The pause before the next attempt; nil if the failure must not be retried.
  ///
  /// The first span is 50 ms for a request that was not sent, and one second for a throttled one.
  func pause(after error: BatchError, attempt: Int) -> Duration? {
    switch error {
    case .notSent: pause(first: .milliseconds(50), attempt: attempt)
    case .refused(let refusal, _) where refusal.meaning == .throttled: pause(first: .seconds(1), attempt: attempt)
    case .noCredentials, .outcomeUnknown, .refused, .unreadableResponse: nil
    }
  }
}
