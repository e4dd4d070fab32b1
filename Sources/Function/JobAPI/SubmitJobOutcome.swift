package import Batch

/// The result of handling an event: the response and the facts to log.
package struct SubmitJobOutcome {
  /// The proxy response, in the format of the event's sender; empty if there is a function error.
  package internal(set) var payload: [UInt8] = []
  /// What is wrong with an event whose sender would treat any response as success.
  package internal(set) var functionError: String?
  /// The HTTP status of the response; 0 if there is a function error.
  package internal(set) var status = 0
  /// The job, if the event describes one.
  package internal(set) var job: SubmitJobRequest?
  /// Batch's response, if it accepted the job.
  package internal(set) var response: SubmitJobResponse?
  var problem: Problem?

  /// What happened, in words, including any name that was refused, but never a body or a credential.
  package var message: String {
    if let functionError { return functionError }
    guard let problem else { return response == nil ? "Responded to a preflight request" : "Submitted the job" }
    return "\(problem.title): \(problem.cause)"
  }
  /// The type of the problem, if there is one.
  package var problemType: String? { problem?.type }
  /// `no` or `unknown`: whether Batch may still have the job; nil without a problem.
  package var submitted: String? { problem?.submitted.rawValue }
}
