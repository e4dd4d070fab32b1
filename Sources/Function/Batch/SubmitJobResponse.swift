internal import Platform
internal import RawJSON

/// Batch's answer to a job that it accepted.
package struct SubmitJobResponse: Sendable {
  /// The body as Batch wrote it: `jobArn`, `jobId`, `jobName`.
  package let body: [UInt8]
  /// The job's id, a UUID; of anything longer the first 128 characters.
  package let jobID: String
  /// How many requests it took; all but the last were surely not accepted.
  package let attempts: Int

  /// Nil when the body is not SubmitJob's answer.
  init?(body: [UInt8], attempts: Int) {
    guard let object = try? JSONObject(parsing: body), let jobID = try? object["jobId"]?.string() else {
      return nil
    }
    self.body = body
    self.jobID = jobID.cut(to: 128)
    self.attempts = attempts
  }
}
