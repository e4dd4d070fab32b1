/// A job queue.
struct JobQueue: Sendable {
  /// Its name.
  let name: String
  /// Whether it accepts jobs: whether its state is `ENABLED` rather than `DISABLED`.
  var isEnabled = true
  /// Its priority, which has no effect without compute environments to share.
  var priority = 1
  var tags: [String: String] = [:]
}
