package import Batch

/// The answer to an event, and what there is to log about it.
package struct SubmitJobOutcome {
  /// The proxy response, in the form that the event's sender wants; empty when there is a function error.
  package internal(set) var payload: [UInt8] = []
  /// What is wrong with an event whose sender must not take any payload for success.
  package internal(set) var functionError: String?
  /// The HTTP status of the response; 0 when there is a function error.
  package internal(set) var status = 0
  /// The job, once the event was understood.
  package internal(set) var job: SubmitJobRequest?
  /// Batch's answer, when it accepted the job.
  package internal(set) var answer: SubmitJobResponse?
  var problem: Problem?

  /// What happened, in words, with the name that was refused: never a body or a credential.
  package var message: String {
    if let functionError { return functionError }
    guard let problem else { return answer == nil ? "Answered a preflight request" : "Submitted the job" }
    return problem.cause.map { "\(problem.title): \($0)" } ?? problem.title
  }
  /// The type of the problem, if it is one.
  package var problemType: String? { problem?.type }
  /// `no` or `unknown`: whether Batch may have the job all the same; nil when it is no problem.
  package var submitted: String? { problem?.submitted.rawValue }
}
