internal import Platform

/// The reason why a request's method and path ask for nothing that there is.
enum RouteError: Error, CustomStringConvertible {
  /// The path is not a route's.
  case notFound
  /// The path is a route's, but the method is not.
  case methodNotAllowed(String, Resource)
  /// A decoded text that is not a valid job queue name.
  case badJobQueue(String)
  /// A decoded text that is not a valid job definition name.
  case badJobDefinition(String)
  /// A decoded text that is not a valid job id.
  case badJobID(String)

  var description: String {
    switch self {
    case .notFound:
      "There is nothing at this path. Send POST \(Resource.definition.template) to submit a job, or GET "
        + "\(Resource.job.template) to see one."
    case .methodNotAllowed(let method, .definition):
      "\(method.quoted) does not submit a job. Send POST \(Resource.definition.template)."
    case .methodNotAllowed(let method, let resource):
      "\(method.quoted) is not a method of \(resource.template). Send \(resource.methods.joined(separator: " or "))."
    case .badJobQueue(let text):
      "\(text.quoted) in the path is not a valid job queue name: use 1 to 128 letters, digits, hyphens and underscores."
    case .badJobDefinition(let text):
      "\(text.quoted) in the path is not a valid job definition name: use 1 to 128 letters, digits, hyphens and "
        + "underscores, optionally followed by :revision."
    case .badJobID(let text):
      "\(text.quoted) in the path is not a job's id: use the jobId of the response to the submit, followed by :index for "
        + "one of an array job's children."
    }
  }
}
