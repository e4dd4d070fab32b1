internal import Platform

/// Why a request names no job queue and job definition.
enum RouteError: Error, CustomStringConvertible {
  /// The path is not the route's.
  case notFound
  /// The path is the route's, and the method is not.
  case methodNotAllowed(String)
  /// No name of a job queue, decoded.
  case badJobQueue(String)
  /// No name of a job definition, decoded.
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
