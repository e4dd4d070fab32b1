internal import Batch
internal import Credentials
internal import Idempotency
package import Platform
internal import ProxyEvents

/// Handles proxy events: turns an event into a request, carries out the operation that it asks for, and builds the
/// response.
package struct SubmitJobHandler {
  /// The time reserved for posting the response before Lambda's timeout.
  static let reserve = Duration.milliseconds(500)

  private let policy: Policy
  private let ownership: Ownership
  private let cors: CORS
  private let batch: BatchClient
  private let keys: KeyPolicy

  /// A handler with the policy, the CORS headers and the Batch endpoint that the environment configures.
  ///
  /// - Throws: `EnvironmentError`, which names the variable that is unusable or missing, and `TransportError` if this
  ///   machine's libcurl lacks a required feature.
  package init(environment: Environment, userAgent: String, clock: WallClock) throws {
    policy = try Policy(environment: environment)
    ownership = try Ownership(environment: environment)
    cors = try CORS(environment: environment)
    let credentials = try CredentialsProvider(environment: environment, userAgent: userAgent, clock: clock)
    batch = try BatchClient(environment: environment, credentials: credentials, userAgent: userAgent, clock: clock)
    keys = try KeyPolicy(
      environment: environment, credentials: credentials, batch: batch, userAgent: userAgent, clock: clock)
  }

  /// Warnings for the function's owner, for the log at startup, one line each.
  package var warnings: [String] { [batch.warning, ownership.warning].compactMap(\.self) + keys.warnings }

  /// Opens the connections to Batch and to the table of keys, if there is one, before the first event arrives. Each is
  /// given up if the endpoint is silent for 500 ms.
  package func prepare() {
    batch.openConnection()
    keys.prepare()
  }

  /// Does once, before a snapshot of the process, what would cost the first connection the most; keeps no connection.
  package func rehearse() {
    batch.rehearseConnection()
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
        response = try carryOut(request, requestID: requestID, deadline: deadline, &outcome)
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

  private func carryOut(
    _ request: ProxyRequest, requestID: String, deadline: Timestamp, _ outcome: inout SubmitJobOutcome
  ) throws(Failure) -> ProxyResponse {
    let route = try Route(request)
    let jobQueue = route.jobQueue
    try failing(Failure.policy) { () throws(PolicyError) in try policy.check(route.operation) }
    outcome.jobQueue = jobQueue.description
    let recordDeadline = deadline - Self.reserve / 2
    let deadline = deadline - Self.reserve
    if case .submit(let definition) = route.action {
      return try SubmitJob(policy: policy, batch: batch, keys: keys).response(
        to: request, definition, in: jobQueue, by: ownership.tag(for: request), requestID: requestID,
        deadline: deadline, recordDeadline: recordDeadline, &outcome)
    }
    try failing(Failure.policy) { () throws(PolicyError) in try policy.check(jobQueue) }
    let owner = try ownership.owner(request)
    switch route.action {
    case .read(let id):
      outcome.jobID = id.description
      outcome.action = "Read the job"
      return try ReadJob(batch: batch).response(to: request, id, in: jobQueue, of: owner, deadline: deadline)
    case .cancel(let id):
      outcome.jobID = id.description
      let response = try CancelJob(batch: batch).response(
        to: request, id, in: jobQueue, of: owner, requestID: requestID, deadline: deadline)
      outcome.action = response.status == 202 ? "Had Batch end the job" : "The job had ended before"
      return response
    case .list, .submit:
      let (response, count) = try ListJobs(batch: batch).response(
        to: request, in: jobQueue, of: owner, deadline: deadline)
      outcome.action = count == 1 ? "Listed 1 job" : "Listed \(count) jobs"
      return response
    }
  }
}
