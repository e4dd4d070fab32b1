internal import Platform
internal import ProxyEvents

/// The reason why a parameter of a request's query can't be used.
enum ParameterError: Error, CustomStringConvertible {
  /// The route doesn't have the parameter, but these.
  case unknown(String, [String])
  /// The parameter can only be given once.
  case repeated(String)
  /// The parameter has a value that isn't what it must be.
  case invalid(String, String, String)

  var description: String {
    switch self {
    case .unknown(let name, let names):
      "\(name.quoted) is not a parameter of this route. "
        + (names.isEmpty ? "Send it without a query." : "It has: \(names.joined(separator: ", ")).")
    case .repeated(let name): "The query has \(name) more than once. Send it once."
    case .invalid(let name, let value, let form): "\(name) is \(value.quoted), but must be \(form)."
    }
  }
}

extension ProxyRequest {
  /// The parameters of the query. Throws if one isn't among these, because to ignore it would be to do something else
  /// than was asked for; or if one is repeated that is not `list`.
  func query(_ names: [String], list: String = "") throws(Failure) -> [(name: String, value: String)] {
    var given: [(name: String, value: String)] = []
    for (name, value) in try failing(Failure.event, { () throws(ProxyRequestError) in try queryParameters() }) {
      // The signature of a URL that was signed in advance is API Gateway's business.
      if String(Substring(name.utf8.prefix(6))).equalsIgnoringASCIICase("X-Amz-") { continue }
      guard names.contains(name) else { throw .parameter(.unknown(name, names)) }
      guard name == list || !given.contains(where: { $0.name == name }) else { throw .parameter(.repeated(name)) }
      given.append((name, value))
    }
    return given
  }
}
