internal import Batch
internal import Credentials
internal import Idempotency
package import Platform
internal import ProxyEvents

/// Handles proxy events: turns an event into a request and the request into a job, submits it, and builds the response.
package struct SubmitJobHandler {
  /// The time reserved for posting the response before Lambda's timeout.
  static let reserve = Duration.milliseconds(500)

  private let policy: Policy
  private let cors: CORS
  private let batch: BatchClient
  private let keys: KeyPolicy

  /// A handler with the policy, the CORS headers and the Batch endpoint that the environment configures.
  ///
  /// - Throws: `EnvironmentError`, which names the variable that is unusable or missing, and `TransportError` if this
  ///   machine's libcurl lacks a required feature.
  package init(environment: Environment, userAgent: String, clock: WallClock) throws {
    policy = try Policy(environment: environment)
    cors = try CORS(environment: environment)
    let credentials = try CredentialsProvider(environment: environment, userAgent: userAgent, clock: clock)
    batch = try BatchClient(environment: environment, credentials: credentials, userAgent: userAgent, clock: clock)
    keys = try KeyPolicy(
      environment: environment, credentials: credentials, batch: batch, userAgent: userAgent, clock: clock)
  }

  /// Warnings for the function's owner, for the log at startup, one line each.
  package var warnings: [String] { [batch.warning].compactMap(\.self) + keys.warnings }

  /// Opens the connections to Batch and to the table of keys, if there is one, before the first event arrives; takes at
  /// most 500 ms for each.
  package func prepare() {
    batch.openConnection()
    keys.prepare()
  }

  /// Handles an event. A failure becomes a response, or a function error if the event is not an HTTP request.
  package func handle(event: [UInt8], requestID: String, deadline: Timestamp) -> SubmitJobOutcome {
    var outcome = SubmitJobOutcome()
    let response: ProxyResponse
    var format = PayloadFormat.rest
    do throws(Failure) {
      let request = try failing(Failure.event) { () throws(ProxyRequestError) in try ProxyRequest(event: event) }
      format = request.format
      if let preflight = cors.preflight(request) {
        response = preflight
      } else {
        response = try submit(request, requestID: requestID, deadline: deadline, &outcome)
      }
    } catch {
      if case .event(let error) = error {
        if case .foreign = error.reason {
          outcome.functionError = "\(error)"
          return outcome
        }
        format = error.format
      }
      if case .idempotency(.batch(_, let note)) = error { outcome.note = note }
      let problem = Problem(error, job: outcome.job)
      outcome.problem = problem
      response = problem.response(requestID: requestID)
    }
    outcome.status = response.status
    outcome.payload = finished(response).payload(for: format)
    return outcome
  }

  /// A copy of a response with the headers that all responses have.
  private func finished(_ response: ProxyResponse) -> ProxyResponse {
    var response = cors.apply(to: response)
    // Prevents browsers from rendering JSON that contains a caller's text as a page.
    response.headers.append(("X-Content-Type-Options", "nosniff"))
    return response
  }

  private func submit(
    _ request: ProxyRequest, requestID: String, deadline: Timestamp, _ outcome: inout SubmitJobOutcome
  ) throws(Failure) -> ProxyResponse {
    let route = try Route(request)
    try failing(Failure.mediaType) { () throws(MediaTypeError) in try MediaType.check(request) }
    let keyed = try keys.request(request, for: route)
    let job = try failing(Failure.job) { () throws(SubmitJobRequestError) in
      try SubmitJobRequest(
        jobQueue: route.jobQueue, jobDefinition: route.jobDefinition, members: request.body,
        id: keyed?.hash ?? requestID, requestTag: keyed?.hash)
    }
    outcome.job = job
    try failing(Failure.policy) { () throws(PolicyError) in try policy.check(job) }
    var headers: [HTTPHeader] = [("Content-Type", "application/json")]
    let response: SubmitJobResponse
    if let keyed {
      let result = try keys.submit(
        job, keyed, deadline: deadline - Self.reserve, recordDeadline: deadline - Self.reserve / 2)
      if result.isReplay { headers.append(("Idempotent-Replayed", "true")) }
      (response, outcome.isReplay, outcome.note) = (result.response, result.isReplay, result.note)
    } else {
      response = try failing(Failure.batch) { () throws(BatchError) in
        try batch.submitJob(job, deadline: deadline - Self.reserve)
      }
    }
    outcome.response = response
    return ProxyResponse(status: 200, headers: headers, body: response.body)
  }
}
