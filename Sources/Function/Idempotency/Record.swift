internal import Batch
internal import Platform

/// What the table remembers about a key: which request it is for, who holds it, and the response once there is one.
struct Record: Equatable, Sendable {
  /// The prefix of every id, which keeps the function's items apart from others in the same table.
  static let idPrefix = "apigw-batch#"

  /// The states of a key.
  enum State: Equatable, Sendable {
    /// The owner is submitting the job, or has ended without telling whether it did.
    case inProgress
    /// There is a job: the body of Batch's response.
    case completed([UInt8])
  }

  /// The item's key.
  let id: String
  /// The hash of the request that the key was first used for.
  let validation: String
  /// The nonce of the invocation that holds the key.
  let owner: String
  /// When the owner has certainly stopped sending: its deadline, and a margin for clocks that differ.
  let inProgressExpiration: Timestamp
  /// When the key is forgotten.
  let expiration: Timestamp
  /// The queue and the name of the job, to look for it.
  let jobQueue: JobQueueName
  let jobName: JobName
  /// The state.
  var state = State.inProgress
}
