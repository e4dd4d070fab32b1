internal import LocalAPIGateway

/// One row of the matrix about a job that exists: what a caller asks for, whose it is, and which outcome is right.
struct JobCase: Sendable {
  /// What the caller does.
  enum Operation: Hashable, Sendable {
    /// GET of a job.
    case read
    /// GET of a queue's jobs, without parameters.
    case list
    /// DELETE of a job.
    case cancel
  }

  /// Which jobs there are.
  enum Subject: Hashable, Sendable {
    /// One of the caller's.
    case own
    /// None: no Batch has the id.
    case unknown
    /// One of another queue, which is asked for in the path of the caller's queue.
    case ofOtherQueue
    /// One of another submitter, in the same queue, from which the variant is to keep the caller.
    case ofOtherSubmitter
    /// One in every state, in the same queue.
    case inEveryState
  }

  /// The name in the report.
  let name: String
  let operation: Operation
  let subject: Subject
  /// How many times the caller sends the request, one after the other.
  var times = 1
  /// Whether only successes are right; otherwise integrations may reject the request.
  var mustSucceed = false

  /// Who sends the requests.
  static let caller = IAMUser(name: "caller")
  /// Who has submitted the jobs of another submitter.
  static let otherCaller = IAMUser(name: "other-caller")

  /// Variables of functions. Mapping templates have no such setting.
  var variables: [String: String] {
    subject == .ofOtherSubmitter ? ["SUBMITTER_TAG": "submitted-by", "JOBS_SEEN_BY": "submitter"] : [:]
  }

  /// All cases, in the report's order.
  static let all = [
    JobCase(name: "one's own job is read", operation: .read, subject: .own, mustSucceed: true),
    JobCase(name: "an unknown job is read", operation: .read, subject: .unknown),
    JobCase(name: "another queue's job is read", operation: .read, subject: .ofOtherQueue),
    JobCase(name: "another submitter's job is read", operation: .read, subject: .ofOtherSubmitter),
    JobCase(name: "jobs in every state are listed", operation: .list, subject: .inEveryState, mustSucceed: true),
    JobCase(
      name: "one's own jobs are listed, next to another submitter's", operation: .list, subject: .ofOtherSubmitter,
      mustSucceed: true),
    JobCase(
      name: "one's own job is cancelled twice", operation: .cancel, subject: .own, times: 2, mustSucceed: true),
    JobCase(name: "an unknown job is cancelled", operation: .cancel, subject: .unknown),
    JobCase(name: "another queue's job is cancelled", operation: .cancel, subject: .ofOtherQueue),
    JobCase(name: "another submitter's job is cancelled", operation: .cancel, subject: .ofOtherSubmitter),
  ]
}

/// A row of the matrix.
enum MatrixCase: Sendable {
  case submit(SubmitCase)
  case job(JobCase)

  /// The name in the report.
  var name: String {
    switch self {
    case .submit(let submitCase): submitCase.name
    case .job(let jobCase): jobCase.name
    }
  }

  /// All rows, in the report's order.
  static let all = SubmitCase.all.map(MatrixCase.submit) + JobCase.all.map(MatrixCase.job)
}
