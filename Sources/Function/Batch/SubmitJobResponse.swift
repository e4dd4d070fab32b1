internal import Platform
internal import RawJSON

/// Batch's response to a job that it accepted.
package struct SubmitJobResponse: Sendable {
  /// The body as Batch wrote it: `jobArn`, `jobId`, `jobName`.
  package let body: [UInt8]
  /// The job's id, a UUID; anything longer is truncated to 128 characters.
  package let jobID: String
  /// The number of requests it took; all except the last were certainly not accepted. Zero for the response to an
  /// earlier request.
  package let attempts: Int

  /// Nil if the body is not a SubmitJob response.
  package init?(body: [UInt8], attempts: Int) {
    guard let object = try? JSONObject(parsing: body), let jobID = try? object["jobId"]?.string() else {
      return nil
    }
    self.body = body
    self.jobID = jobID.cut(to: 128)
    self.attempts = attempts
  }
}
