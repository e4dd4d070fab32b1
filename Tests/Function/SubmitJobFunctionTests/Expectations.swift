import TestSupport
import Testing

/// Expects a response to be a problem with every required member, whatever its cause.
func expectProblem(
  _ response: ProxyResponse, _ status: Int, submitted: String = "no", at location: SourceLocation = #_sourceLocation
) {
  let problem = response.problem
  #expect(response.statusCode == status, "\(response.body)", sourceLocation: location)
  #expect(response.header("Content-Type") == "application/problem+json", sourceLocation: location)
  #expect(response.header("X-Content-Type-Options") == "nosniff", sourceLocation: location)
  #expect(problem.status == status, sourceLocation: location)
  #expect(problem.submitted == submitted, sourceLocation: location)
  for member in ["type", "title", "detail", "requestId"] {
    #expect((problem.json[member] as? String)?.isEmpty == false, "no \(member)", sourceLocation: location)
  }
}

/// Expects that nothing reached AWS Batch, and that the same process then submitted the plain event that came last.
func expectRefused(_ run: FunctionRun, _ statuses: Int..., at location: SourceLocation = #_sourceLocation) {
  #expect(run.responses.count == 2, "\(run.written)", sourceLocation: location)
  guard run.responses.count == 2 else { return }
  let status = run.responses[0].statusCode ?? 0
  #expect(statuses.contains(status), "\(run.responses[0].body)", sourceLocation: location)
  expectProblem(run.responses[0], status, at: location)
  #expect(run.responses[1].statusCode == 200, sourceLocation: location)
  #expect(run.batch.requests.count == 1, sourceLocation: location)
  #expect(run.exitStatus == nil, sourceLocation: location)
}
