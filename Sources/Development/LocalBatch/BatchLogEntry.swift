internal import LocalServer

/// The log entry of a request to Batch: one line, without its body.
package struct BatchLogEntry: Sendable, CustomStringConvertible {
  /// The method.
  package let method: String
  /// The path as sent, without the query.
  package let path: String
  /// The status code.
  package let status: Int
  /// The job that was submitted, cancelled or terminated; nil if the request was not about one.
  package var jobID: String?
  /// Why it was refused: the name and the text of the error; nil if it wasn't.
  package var error: String?

  /// For example, `Batch POST /v1/submitjob 200 jobId=0d4c…`.
  package var description: String {
    let line = "Batch \(method) \(path) \(status)" + (jobID.map { " jobId=\($0)" } ?? "")
    return (line + (error.map { ": \($0)" } ?? "")).printable
  }
}
