internal import Batch
internal import Platform
internal import ProxyEvents

/// What a request's method and path ask for.
struct Route {
  /// The job queue that the path names.
  let jobQueue: JobQueueName
  /// The operation, with what else the path names.
  let action: Action

  enum Action {
    case submit(JobDefinitionName)
    case read(JobID)
    case list
    case cancel(JobID)
  }

  /// The operation.
  var operation: Operation {
    switch action {
    case .submit: .submit
    case .read: .read
    case .list: .list
    case .cancel: .cancel
    }
  }

  /// Reads the path parameters, or if there are none (function URL, load balancer, a `$default` route), the last
  /// segments of the path.
  ///
  /// The method decides even behind an API's `ANY` route.
  init(_ request: ProxyRequest) throws(Failure) {
    let queueParameter = try request.parameter("jobQueue")
    if let queue = queueParameter {
      if let definition = try request.parameter("jobDefinition") {
        try self.init(request.method, .definition, queue, definition)
        return
      }
      if let id = try request.parameter("jobId") {
        try self.init(request.method, .job, queue, id)
        return
      }
    }
    guard let (resource, queue, name) = Self.resource(at: request.lastPathSegments(4)) else {
      throw .route(.notFound)
    }
    if resource == .jobs, let queueParameter {
      // What was authorized: an HTTP API's decoded path may have more slashes than the route.
      try self.init(request.method, .jobs, queueParameter, "")
      return
    }
    try Self.check(request.method, resource)
    try self.init(request.method, resource, try request.text(of: queue), try request.text(of: name))
  }

  /// A request for a resource, with the decoded names of the queue, and of the job or the definition.
  private init(_ method: String, _ resource: Resource, _ queue: String, _ name: String) throws(Failure) {
    try Self.check(method, resource)
    guard let jobQueue = JobQueueName(queue) else { throw .route(.badJobQueue(queue)) }
    self.jobQueue = jobQueue
    switch resource {
    case .definition:
      guard let definition = JobDefinitionName(name) else { throw .route(.badJobDefinition(name)) }
      action = .submit(definition)
    case .jobs: action = .list
    case .job:
      guard let id = JobID(name) else { throw .route(.badJobID(name)) }
      action = method == "GET" ? .read(id) : .cancel(id)
    }
  }

  private static func check(_ method: String, _ resource: Resource) throws(Failure) {
    guard resource.methods.contains(method) else { throw .route(.methodNotAllowed(method, resource)) }
  }

  /// The resource that a path ends in, with the encoded names in it; nil if there is none.
  private static func resource(at path: [Substring]) -> (Resource, queue: Substring, name: Substring)? {
    if path.count == 4, path[0] == "queues", path[2] == "jobs" { return (.job, path[1], path[3]) }
    let path = path.suffix(3)
    guard path.count == 3, let first = path.first, let last = path.last else { return nil }
    let queue = path[path.startIndex + 1]
    if first == "queues", last == "jobs" { return (.jobs, queue, "") }
    return first == "jobs" ? (.definition, queue, last) : nil
  }
}

/// What a path names.
enum Resource {
  /// A job definition, of which jobs are submitted to a queue.
  case definition
  /// The jobs of a queue.
  case jobs
  /// A job.
  case job

  /// The methods that it has.
  var methods: [String] {
    switch self {
    case .definition: ["POST"]
    case .jobs: ["GET"]
    case .job: ["GET", "DELETE"]
    }
  }

  /// The resource as responses write it.
  var template: String {
    switch self {
    case .definition: "…/jobs/{jobQueue}/{jobDefinition}"
    case .jobs: "…/queues/{jobQueue}/jobs"
    case .job: "…/queues/{jobQueue}/jobs/{jobId}"
    }
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
