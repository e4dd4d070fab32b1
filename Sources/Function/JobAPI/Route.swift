internal import Batch
internal import Platform
internal import ProxyEvents

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
  init(_ request: ProxyRequest) throws(Failure) {
    let queue: String
    let definition: String
    if let jobQueue = try request.parameter("jobQueue"), let jobDefinition = try request.parameter("jobDefinition") {
      guard request.method == Self.method else { throw .route(.methodNotAllowed(request.method)) }
      (queue, definition) = (jobQueue, jobDefinition)
    } else {
      let segments = request.lastPathSegments(3)
      guard segments.count == 3, segments.first == "jobs" else { throw .route(.notFound) }
      guard request.method == Self.method else { throw .route(.methodNotAllowed(request.method)) }
      queue = try request.text(of: segments[1])
      definition = try request.text(of: segments[2])
    }
    guard let jobQueue = JobQueueName(queue) else { throw .route(.badJobQueue(queue)) }
    guard let jobDefinition = JobDefinitionName(definition) else { throw .route(.badJobDefinition(definition)) }
    self.jobQueue = jobQueue
    self.jobDefinition = jobDefinition
  }
}

extension ProxyRequest {
  fileprivate func parameter(_ name: String) throws(Failure) -> String? {
    try failing(Failure.event) { () throws(ProxyRequestError) in try pathParameter(name) }
  }

  fileprivate func text(of segment: Substring) throws(Failure) -> String {
    try failing(Failure.event) { () throws(ProxyRequestError) in try decoded(segment) }
  }
}

/// The reason why a request doesn't name a job queue and a job definition.
enum RouteError: Error, CustomStringConvertible {
  /// The path is not the route's.
  case notFound
  /// The path is the route's, but the method is not.
  case methodNotAllowed(String)
  /// A decoded text that is not a valid job queue name.
  case badJobQueue(String)
  /// A decoded text that is not a valid job definition name.
  case badJobDefinition(String)

  var description: String {
    switch self {
    case .notFound: "There is nothing at this path. Send \(Route.template)."
    case .methodNotAllowed(let method): "\(method.quoted) does not submit a job. Send \(Route.template)."
    case .badJobQueue(let text):
      "\(text.quoted) in the path is not a valid job queue name: use 1 to 128 letters, digits, hyphens and underscores."
    case .badJobDefinition(let text):
      "\(text.quoted) in the path is not a valid job definition name: use 1 to 128 letters, digits, hyphens and "
        + "underscores, optionally followed by :revision."
    }
  }
}
