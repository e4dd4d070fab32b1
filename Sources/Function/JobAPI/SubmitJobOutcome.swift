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
  /// The job queue, if the path names one.
  package internal(set) var jobQueue: String?
  /// The job's id, if there is one.
  package internal(set) var jobID: String?
  /// What was done, in words.
  var action = "Responded to a preflight request"
  /// What failed although the caller has the job, or in addition to the problem; for the log.
  package internal(set) var note: String?
  var problem: Problem?

  /// What happened, in words, including any name that was refused, but never a body or a credential.
  package var message: String {
    if let functionError { return functionError }
    let message = problem.map { "\($0.title): \($0.cause)" } ?? action
    return note.map { "\(message); \($0)" } ?? message
  }
  /// The type of the problem, if there is one.
  package var problemType: String? { problem?.type }
  /// `no` or `unknown`: whether Batch may still have the job; nil without a problem.
  package var submitted: String? { problem?.submitted.rawValue }
}
