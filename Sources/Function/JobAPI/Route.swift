internal import ProxyEvents
internal import Batch

/// The job queue and the job definition that a request's path names.
struct Route {
  /// The route's only method.
  static let method = "POST"
  /// The route as responses write it.
  static let template = "POST …/jobs/{jobQueue}/{jobDefinition}"

  let jobQueue: JobQueueName
  let jobDefinition: JobDefinitionName

  /// Reads the path parameters, or if there are none (function URL, load balancer, a `$default` route), the path's last
  /// three segments: `jobs`, the queue, the definition.
  ///
  /// Only POST submits a job, even behind an API's `ANY` route.
  init(_ request: ProxyRequest) throws {
    let queue: String
    let definition: String
    if let jobQueue = try request.pathParameter("jobQueue"),
      let jobDefinition = try request.pathParameter("jobDefinition")
    {
      guard request.method == Self.method else { throw RouteError.methodNotAllowed(request.method) }
      (queue, definition) = (jobQueue, jobDefinition)
    } else {
      let segments = request.lastPathSegments(3)
      guard segments.count == 3, segments.first == "jobs" else { throw RouteError.notFound }
      guard request.method == Self.method else { throw RouteError.methodNotAllowed(request.method) }
      queue = try request.decoded(segments[1])
      definition = try request.decoded(segments[2])
    }
    guard let jobQueue = JobQueueName(queue) else { throw RouteError.badJobQueue(queue) }
    guard let jobDefinition = JobDefinitionName(definition) else { throw RouteError.badJobDefinition(definition) }
    self.jobQueue = jobQueue
    self.jobDefinition = jobDefinition
  }
}
