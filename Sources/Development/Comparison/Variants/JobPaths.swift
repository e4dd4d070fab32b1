internal import Platform

/// The paths of the routes for jobs that are next to a submit route: `/lambda/queues/…` next to `/lambda/jobs/…`.
struct JobPaths {
  /// What precedes the queue.
  private let base: String

  /// The paths next to a submit route, whether or not there are such routes.
  init(nextTo route: SubmitURL) {
    var segments = route.pattern.split(separator: "/").prefix { !$0.hasPrefix("{") }
    if segments.last == "jobs" { segments.removeLast() }
    base = (segments + ["queues"]).map { "/\($0)" }.joined()
  }

  /// The path of a queue's jobs.
  func jobs(in jobQueue: String) -> String { "\(base)/\(jobQueue.percentEncoded())/jobs" }

  /// The path of a job.
  func job(_ id: String, in jobQueue: String) -> String { "\(jobs(in: jobQueue))/\(id.percentEncoded())" }
}
