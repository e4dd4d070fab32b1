internal import APIGateway
internal import Batch
internal import Platform

/// The job queue and the job definition that a request's path names.
struct Route {
  /// The one method of the route.
  static let method = "POST"
  /// How the route is written in answers.
  static let template = "POST …/jobs/{jobQueue}/{jobDefinition}"

  let jobQueue: JobQueueName
  let jobDefinition: JobDefinitionName

  /// The route's parameters, or where there are none (function URL, load balancer, a `$default` route), the last three
  /// segments of the path: `jobs`, the queue, the definition.
  ///
  /// A method other than POST is refused only where nothing in front of the function has checked it: a REST or HTTP
  /// API serves the methods that its owner chose. OPTIONS never submits a job.
  init(_ request: ProxyRequest) throws {
    let queue: String
    let definition: String
    if let jobQueue = try request.pathParameter("jobQueue"),
      let jobDefinition = try request.pathParameter("jobDefinition")
    {
      guard request.method != "OPTIONS" else { throw RouteError.methodNotAllowed(request.method) }
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

/// Why a request names no job queue and job definition.
enum RouteError: Error, CustomStringConvertible {
  case notFound
  case methodNotAllowed(String)
  case badJobQueue(String)
  case badJobDefinition(String)

  var description: String {
    switch self {
    case .notFound: "There is nothing at this path. Send \(Route.template)."
    case .methodNotAllowed(let method): "\(method.quoted) submits no job. Send \(Route.template)."
    case .badJobQueue(let text):
      "\(text.quoted) in the path is no name of a job queue: use 1 to 128 letters, digits, hyphens and underscores."
    case .badJobDefinition(let text):
      "\(text.quoted) in the path is no job definition: use a name of 1 to 128 letters, digits, hyphens and underscores, "
        + "and :revision if need be."
    }
  }
}
