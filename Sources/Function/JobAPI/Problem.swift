internal import ProxyEvents
internal import RawJSON

/// A failure as the caller sees it: problem details of [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457).
struct Problem {
  /// Whether Batch may have a job for this request.
  enum Submitted: String {
    /// Surely not: the request may be sent again.
    case no
    /// Perhaps: look for the job before the request is sent again.
    case unknown
  }

  /// What kind of failure it is: stable, for programs.
  let type: String
  /// The kind in words, the same for every failure of a type.
  let title: String
  /// The HTTP status.
  let status: Int
  /// What is wrong this time, and what to do about it.
  let detail: String
  var submitted = Submitted.no
  /// The name of the job to look for, where there may be one.
  var jobName: String?
  /// Headers beside the content type.
  var headers: [ProxyResponse.Header] = []
  /// What the log says beside the title: not for the caller, and nothing of a body or a credential.
  var cause: String?

  init(_ status: Int, _ type: String, _ title: String, _ detail: String) {
    self.status = status
    self.type = type
    self.title = title
    self.detail = detail
  }

  /// The response to a request of the function, by the function's request id.
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
