internal import Foundation

extension GatewayFailure {
  /// The answer where no template has a say: an HTTP API's, or that of no API at all.
  var response: ClientResponse {
    ClientResponse(
      status: status ?? type.defaultStatus, headers: [.init(name: "Content-Type", value: "application/json")],
      body: Array(#"{"message":\#(JSON.string(message))}"#.utf8))
  }

  /// The answer to a request: a REST API's is what the template says of the type, or of `DEFAULT_4XX` or `DEFAULT_5XX`.
  func response(to routed: RoutedRequest, traceID: TraceID) -> ClientResponse {
    guard routed.api.kind == .rest else { return response }
    let responses = routed.api.gatewayResponses
    let custom = responses[type] ?? responses[type.fallback] ?? GatewayResponse()
    let template = custom.templates.first { $0.contentType == "application/json" } ?? custom.templates.first
    let exchange = MappedExchange(MappedIntegration(), routed, traceID: traceID)
    let lookUp = { (name: String) in own(name) ?? exchange.value(of: name) }
    var response = ClientResponse(
      status: custom.status ?? status ?? type.defaultStatus,
      headers: [
        .init(name: "Content-Type", value: template?.contentType ?? "application/json"),
        .init(name: "x-amzn-ErrorType", value: exceptionName),
      ],
      body: Array(Self.substitute(in: template?.template ?? Self.defaultTemplate, lookUp).utf8))
    for header in custom.headers {
      guard let value = lookUp(header.value) else { continue }
      response.headers.removeAll { $0.name.lowercased() == header.name.lowercased() }
      response.headers.append(.init(name: header.name, value: value))
    }
    return response
  }

  private static let defaultTemplate = #"{"message":$context.error.messageString}"#

  /// The variables of the failure itself.
  private func own(_ name: String) -> String? {
    switch name {
    case "context.error.message": message
    case "context.error.messageString": "\(JSON.string(message))"
    case "context.error.responseType": type.rawValue
    case "context.error.validationErrorString": validationError ?? ""
    default: nil
    }
  }

  /// The template with its variables replaced: there is no more of Velocity in a gateway response than this. An unknown
  /// variable is replaced by nothing.
  private static func substitute(in template: String, _ lookUp: (String) -> String?) -> String {
    let variable = #/\$(?:\{(?<braced>[^}]+)\}|(?<plain>[A-Za-z]+(?:\.[A-Za-z_][A-Za-z0-9_-]*)+))/#
    return template.replacing(variable) { match in
      let name = String(match.braced ?? match.plain ?? "")
      let isVariable = ["context.", "stageVariables.", "method.request."].contains { name.hasPrefix($0) }
      return isVariable ? lookUp(name) ?? "" : String(match.0)
    }
  }

  /// The value of `x-amzn-ErrorType`.
  private var exceptionName: String {
    switch type {
    case .badRequestBody, .badRequestParameters, .default4xx, .unsupportedMediaType: "BadRequestException"
    case .accessDenied: "AccessDeniedException"
    case .expiredToken: "ExpiredTokenException"
    case .invalidAPIKey, .wafFiltered: "ForbiddenException"
    case .invalidSignature: "InvalidSignatureException"
    case .missingAuthenticationToken: "MissingAuthenticationTokenException"
    case .unauthorized: "UnauthorizedException"
    case .resourceNotFound: "NotFoundException"
    case .requestTooLarge: "RequestTooLargeException"
    case .quotaExceeded: "LimitExceededException"
    case .throttled: "TooManyRequestsException"
    case .apiConfigurationError, .authorizerConfigurationError, .authorizerFailure, .default5xx, .integrationFailure,
      .integrationTimeout:
      "InternalServerErrorException"
    }
  }
}

extension MappedExchange {
  /// The value of an expression such as `context.requestId` or `'text'`; nil when it has none.
  fileprivate func value(of expression: String) -> String? {
    guard let source = try? ParameterSource(expression, from: .request) else { return nil }
    let message = Message(headers: parameters.headers, body: routed.request.body, notJSON: .configuration("no JSON"))
    return try? values(of: source, in: message).last
  }
}
