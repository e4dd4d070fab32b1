import Batch
import LambdaRuntime
import JobAPI

extension LogRecord {
  /// The log line of an invocation: a caller's mistake is a warning, any other failure is an error.
  init(_ outcome: SubmitJobOutcome) {
    if outcome.functionError != nil {
      self.init(.error, outcome.message)
      return
    }
    let isProblem = outcome.problemType != nil
    self.init(!isProblem ? outcome.note == nil ? .info : .warn : outcome.status < 500 ? .warn : .error, outcome.message)
    add("status", outcome.status)
    add("type", outcome.problemType)
    add("submitted", outcome.submitted)
    add("jobQueue", outcome.jobQueue)
    add("jobDefinition", outcome.job?.jobDefinition.description)
    add("jobName", outcome.job?.jobName.description)
    add("jobId", outcome.jobID)
    add("attempts", outcome.response?.attempts)
  }
}
