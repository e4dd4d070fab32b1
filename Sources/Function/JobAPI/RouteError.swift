internal import Platform

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
