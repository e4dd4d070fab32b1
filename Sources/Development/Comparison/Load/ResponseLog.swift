internal import Platform
internal import RawJSON
internal import Synchronization

/// Notes the responses of a variant under load: the first one, and whether any of them names a job.
package final class ResponseLog: Sendable {
  private let state = Mutex<(first: Caller.Response?, hasJob: Bool)>((nil, false))

  /// An empty log.
  package init() {}

  /// Whether any response was a 2xx with a `jobId`.
  var hasJob: Bool { state.withLock { $0.hasJob } }
  /// The first response; nil if there was none.
  var first: Caller.Response? { state.withLock { $0.first } }

  /// Notes a response. Once there was a job, bodies are no longer parsed, because requests are being timed.
  func note(_ response: Caller.Response) {
    let isUndecided = state.withLock { state in
      if state.first == nil { state.first = response }
      return !state.hasJob
    }
    guard isUndecided, response.isSuccess, ComparisonReport.Behaviour.Body(response) == .job else { return }
    state.withLock { $0.hasJob = true }
  }
}

extension Caller.Response {
  /// The `detail` of a problem, which only an integration or a function writes; nil without one.
  var detail: String? { text("detail") }

  /// The status, and the human-readable reason in the body, whether from a problem, the gateway or Batch.
  var words: String {
    if let reason = detail ?? text("message") ?? text("Message") { return "\(status), \(reason.quoted.onOneLine)" }
    return isSuccess ? "\(status) without a jobId" : "\(status)"
  }

  private func text(_ member: String) -> String? {
    (try? JSONObject(parsing: body))?[member].flatMap { try? $0.string() }
  }
}
