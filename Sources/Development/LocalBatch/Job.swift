internal import Platform

/// A job that Batch has accepted: a single job, an array job or a child of an array job.
struct Job: Sendable {
  /// A UUID; a child's id is its parent's id followed by `:` and its index.
  let id: String
  /// What was submitted, with the defaults of its job definition.
  let input: SubmitJobInput
  /// The name of its job queue.
  let jobQueue: String
  /// The job definition that it was submitted with.
  let jobDefinition: JobDefinition
  /// The time at which SubmitJob accepted it.
  let createdAt: Timestamp
  /// The number of SubmitJob requests that were accepted before its own.
  let submission: Int
  /// A child's index in its array.
  var index: Int?
  /// Its tags.
  var tags: [String: String] = [:]
  /// The ids of the jobs that have yet to succeed before it can run.
  var waitsFor: Set<String> = []
  /// Its current state. An array job is `PENDING` until its children have ended, as documented for Batch.
  var status = Status.submitted
  /// Its attempts so far, the current one included.
  var attempts: [JobAttempt] = []
  /// How it ended; nil until then.
  var ending: Ending?

  /// The number of an array job's children that haven't ended.
  var unendedChildren = 0
  /// Whether a child of this array job failed.
  var hasFailedChild = false
  /// Why children of this array job were stopped; nil if they weren't.
  var stop: (cause: Ending.Cause, reason: String)?

  /// The end of a job.
  struct Ending: Sendable {
    let time: Timestamp
    let cause: Cause
    let reason: String?

    enum Cause { case succeeded, failed, cancelled, terminated }
  }

  /// Whether it is an array job, which has children.
  var isArray: Bool { arraySize != nil }

  /// The number of an array job's children.
  var arraySize: Int? { index == nil ? input.arrayProperties?.size : nil }

  /// The id of a child of this array job.
  func childID(_ index: Int) -> String { "\(id):\(index)" }

  /// The ids of this array job's children.
  var childIDs: [String] { (0..<(arraySize ?? 0)).map(childID) }

  /// The id of the array job that this is a child of.
  var parentID: String? { index.map { String(id.dropLast(":\($0)".utf8.count)) } }

  /// How long an attempt may run; nil for any time.
  var timeLimit: Duration? { input.timeout?.attemptDurationSeconds.map { .seconds($0) } }

  /// The last attempt that has reached `RUNNING`.
  var lastAttempt: JobAttempt? { attempts.last { $0.startedAt != nil } }

  /// Ends it, and an attempt that hasn't ended: its container is killed.
  mutating func end(_ ending: Ending) {
    self.ending = ending
    status = ending.cause == .succeeded ? .succeeded : .failed
    guard let attempt = attempts.last, attempt.exit == nil else { return }
    if attempt.startedAt == nil {
      attempts.removeLast()
    } else {
      attempts[attempts.count - 1].exit = JobAttempt.Exit(
        time: ending.time, code: JobAttempt.Exit.killed, statusReason: ending.reason ?? "")
    }
  }

  /// The states of a job, as Batch spells them.
  enum Status: String, Codable, CaseIterable {
    case submitted = "SUBMITTED"
    case pending = "PENDING"
    case runnable = "RUNNABLE"
    case starting = "STARTING"
    case running = "RUNNING"
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"

    /// Whether CancelJob ends a job in this state.
    var isCancellable: Bool { [.submitted, .pending, .runnable].contains(self) }
  }
}
