internal import Platform

/// A job that Batch has accepted: a single job, an array job or a child of an array job.
struct Job: Sendable {
  /// A UUID; a child's id is its parent's id followed by `:` and its index.
  let id: String
  /// What was submitted.
  let input: SubmitJobInput
  /// The name of its job queue.
  let jobQueue: String
  /// The revision that its job definition resolved to.
  let jobDefinition: JobDefinitionRevision
  /// The time at which SubmitJob accepted it.
  let createdAt: Timestamp
  /// The number of SubmitJob requests that were accepted before its own.
  let submission: Int
  /// A child's index in its array.
  var index: Int?
  /// The ids of the jobs that must succeed before it can run.
  var waitsFor: [String] = []
  /// The number of an array job's children that haven't ended.
  var unendedChildren = 0
  /// How it ended; nil until then.
  var ending: Ending?

  /// The end of a job. Without compute, a job only ends because it, or another job, is stopped.
  struct Ending: Sendable {
    let stoppedAt: Timestamp
    let reason: String
    let cause: Cause

    enum Cause { case cancelled, terminated, otherJob }
  }

  /// Whether it is an array job, which has children.
  var isArray: Bool { arraySize != nil }

  /// The number of an array job's children.
  var arraySize: Int? { index == nil ? input.arrayProperties?.size : nil }

  /// The id of a child of this array job.
  func childID(_ index: Int) -> String { "\(id):\(index)" }

  /// The id of the array job that this is a child of.
  var parentID: String? { index.map { String(id.dropLast(":\($0)".utf8.count)) } }

  /// Its current state. No job gets past `RUNNABLE`, because no compute is emulated.
  ///
  /// An array job is `PENDING` until its children have ended, as documented for Batch.
  var status: Status {
    if ending != nil { return .failed }
    return isArray || !waitsFor.isEmpty ? .pending : .runnable
  }

  /// The states of a job, as Batch spells them.
  enum Status: String, Codable {
    case submitted = "SUBMITTED"
    case pending = "PENDING"
    case runnable = "RUNNABLE"
    case starting = "STARTING"
    case running = "RUNNING"
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"
  }
}
