internal import ProxyEvents
internal import Batch
package import Platform

/// Answers proxy events by submitting jobs: event to request, request to job, job to Batch, and the answer back.
package struct SubmitJobHandler {
  /// What of an invocation's time is kept for the answer, in milliseconds, so that it is there before Lambda ends the
  /// invocation.
  static let reserve = 500

  private let policy: Policy
  private let cors: CORS
  private let batch: BatchClient

  /// A handler with the policy, the CORS headers and the Batch that the environment describes.
  ///
  /// - Throws: `EnvironmentError`, which names the variable that can't be used or is missing, and `TransportError` when
  ///   this machine's libcurl lacks what is needed.
  package init(environment: Environment, userAgent: String, clock: WallClock) throws {
    policy = try Policy(environment: environment)
    cors = try CORS(environment: environment)
    batch = try BatchClient(environment: environment, userAgent: userAgent, clock: clock)
  }

  /// What the function's owner should know before the first event, a line each.
  package var warnings: [String] { [batch.warning].compactMap(\.self) }

  /// Does ahead of the first event, in half a second at the most, what that would wait for: opens the connection to Batch.
  package func prepare() {
    batch.openConnection()
  }

  /// Handles an event. A failure is a response, too, or a function error where the event is not an HTTP request.
  package func handle(event: [UInt8], requestID: String, deadline: Timestamp) -> SubmitJobOutcome {
    var outcome = SubmitJobOutcome()
    let response: ProxyResponse
    var shape = ProxyShape.rest
    do {
      let request = try ProxyRequest(event: event)
      shape = request.shape
      if let preflight = cors.preflight(request) {
        response = preflight
      } else {
        response = try submit(request, requestID: requestID, deadline: deadline, &outcome)
      }
    } catch {
      if let error = error as? ProxyRequestError {
        if case .foreign = error.reason {
          outcome.functionError = "\(error)"
          return outcome
        }
        shape = error.shape
      }
      let problem = Problem(error, job: outcome.job)
      outcome.problem = problem
      response = problem.response(requestID: requestID)
    }
    outcome.status = response.status
    outcome.payload = finished(response).payload(for: shape)
    return outcome
  }

  /// A response with the headers that every one has.
  private func finished(_ response: ProxyResponse) -> ProxyResponse {
    var response = cors.apply(to: response)
    // Keeps browsers from rendering JSON with a caller's text in it as a page.
    response.headers.append(("X-Content-Type-Options", "nosniff"))
    return response
  }

  private func submit(
    _ request: ProxyRequest, requestID: String, deadline: Timestamp, _ outcome: inout SubmitJobOutcome
  ) throws -> ProxyResponse {
    let route = try Route(request)
    try MediaType.check(request)
    let job = try SubmitJobRequest(
      jobQueue: route.jobQueue, jobDefinition: route.jobDefinition, members: request.body, id: requestID)
    outcome.job = job
    try policy.check(job)
    let answer = try batch.submitJob(job, deadline: deadline.advanced(byMilliseconds: -Self.reserve))
    outcome.answer = answer
    return ProxyResponse(status: 200, headers: [("Content-Type", "application/json")], body: answer.body)
  }
}
