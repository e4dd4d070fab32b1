internal import ProxyEvents
internal import RawJSON

/// A failure as the caller sees it: the problem details of [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457).
struct Problem {
  /// Whether Batch may have a job for this request.
  enum Submitted: String {
    /// Certainly not: the request may be sent again.
    case no
    /// Possibly: look for the job before sending the request again.
    case unknown
  }

  /// The kind of failure: a stable identifier, for programs.
  let type: String
  /// The kind in words, the same for every failure of this type.
  let title: String
  /// The HTTP status.
  let status: Int
  /// What is wrong in this case, and what to do about it.
  let detail: String
  var submitted = Submitted.no
  /// The name of the job to look for, if there may be one.
  var jobName: String?
  /// Headers in addition to Content-Type.
  var headers: [ProxyResponse.Header] = []
  /// What the log says in addition to the title: not for the caller, and without bodies or credentials.
  var cause: String?

  init(_ status: Int, _ type: String, _ title: String, _ detail: String) {
    self.status = status
    self.type = type
    self.title = title
    self.detail = detail
  }

  /// The response that reports the problem, with the Lambda request id.
  func response(requestID: String) -> ProxyResponse {
    var writer = JSONWriter()
    writer.member("type", type)
    writer.member("title", title)
    writer.member("status", status)
    writer.member("detail", detail)
    writer.member("submitted", submitted.rawValue)
    writer.member("requestId", requestID)
    if let jobName { writer.member("jobName", jobName) }
    return ProxyResponse(
      status: status, headers: [("Content-Type", "application/problem+json")] + headers, body: writer.bytes)
  }
}
