internal import Platform
internal import RawJSON
internal import Synchronization

/// What a variant answers to a load: the first answer, and whether any was that of a job.
package final class AnswerLog: Sendable {
  private let state = Mutex<(first: Caller.Answer?, hasJob: Bool)>((nil, false))

  /// A log without an answer.
  package init() {}

  /// Whether any answer was a 2xx with a `jobId`.
  var hasJob: Bool { state.withLock { $0.hasJob } }
  /// The first answer; nil when there was none.
  var first: Caller.Answer? { state.withLock { $0.first } }

  /// Takes note of an answer. Once there was a job, no body is read any more: requests are being timed.
  func note(_ answer: Caller.Answer) {
    let isUndecided = state.withLock { state in
      if state.first == nil { state.first = answer }
      return !state.hasJob
    }
    guard isUndecided, answer.isSuccess, ComparisonReport.Behaviour.Body(answer) == .job else { return }
    state.withLock { $0.hasJob = true }
  }
}

extension Caller.Answer {
  /// The `detail` of a problem, which an integration or a function wrote; nil without one.
  var detail: String? { text("detail") }

  /// The status, and what the body says for a person: of a problem, of the gateway or of Batch.
  var words: String {
    if let reason = detail ?? text("message") ?? text("Message") { return "\(status), \(reason.quoted.onOneLine)" }
    return isSuccess ? "\(status) without a jobId" : "\(status)"
  }

  private func text(_ member: String) -> String? {
    (try? JSONObject(parsing: body))?[member].flatMap { try? $0.string() }
  }
}
