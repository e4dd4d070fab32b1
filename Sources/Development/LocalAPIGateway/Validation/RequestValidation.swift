internal import JSONTree
internal import SAMTemplate

/// The checks that a REST API makes on a request before its integration.
///
/// See [Request validation](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html).
struct RequestValidation: Sendable {
  /// Whether bodies are checked against the models.
  var validatesBody = false
  /// Whether required parameters must be present.
  var validatesParameters = false
  /// The models by content type.
  var models: [String: JSONSchema] = [:]
  /// The required parameters, such as `method.request.header.X-Tenant`.
  var requiredParameters: [String] = []

  /// Checks a request's parameters, then its body.
  func check(_ routed: RoutedRequest) throws(GatewayFailure) {
    if validatesParameters { try checkParameters(of: routed) }
    if validatesBody { try checkBody(of: routed.request) }
  }

  /// Required parameters must be present and not blank.
  private func checkParameters(of routed: RoutedRequest) throws(GatewayFailure) {
    let missing = requiredParameters.sorted().compactMap { parameter -> String? in
      let parts = parameter.split(separator: ".", maxSplits: 3)
      guard parts.count == 4, parts[0] == "method", parts[1] == "request" else { return nil }
      let name = String(parts[3])
      let value: String? =
        switch parts[2] {
        case "header": routed.request.header(name)
        case "path": routed.pathParameters.last { $0.name == name }?.value
        case "querystring": QueryString(routed.request.query).parameters.first { $0.name == name }?.values.last
        default: nil
        }
      return value?.contains { !$0.isWhitespace } == true ? nil : name
    }
    guard missing.isEmpty else {
      throw GatewayFailure(
        .badRequestParameters, "Missing required request parameters: [\(missing.joined(separator: ", "))]")
    }
  }

  /// A body must be JSON that the model of its content type allows. Without such a model, it isn't checked.
  ///
  /// An empty body isn't JSON, so it is rejected whatever the model allows.
  private func checkBody(of request: ClientRequest) throws(GatewayFailure) {
    guard let (_, model) = models.entry(forContentType: request.header("Content-Type")) else { return }
    let violations: [String]
    do {
      violations = model.violations(in: try JSON(parsing: request.body))
    } catch {
      violations = ["Unknown error parsing request body"]
    }
    guard violations.isEmpty else {
      throw GatewayFailure(
        .badRequestBody, "Invalid request body", validationError: "[\(violations.joined(separator: ", "))]")
    }
  }
}
