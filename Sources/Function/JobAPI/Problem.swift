internal import Platform
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

  /// The kind of problem, which determines the type, the title and the status.
  let kind: Kind
  /// What is wrong in this case, and what to do about it.
  let detail: String
  var submitted = Submitted.no
  /// The name of the job to look for, if there may be one.
  var jobName: String?
  /// Headers in addition to Content-Type.
  var headers: [HTTPHeader] = []
  /// What the log says in addition to the title: not for the caller, and without bodies or credentials.
  let cause: String

  init(_ kind: Kind, _ detail: String, cause: String) {
    self.kind = kind
    self.detail = detail
    self.cause = cause
  }

  var type: String { kind.rawValue }
  var title: String { kind.row.title }
  var status: Int { kind.row.status }

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
