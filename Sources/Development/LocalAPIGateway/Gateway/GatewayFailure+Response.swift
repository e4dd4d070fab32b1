internal import Foundation
internal import HTTPTypes
internal import JSONTree
internal import LocalLambda
internal import LocalServer
internal import SAMTemplate

extension GatewayFailure {
  /// The response without customization: an HTTP API's, or that to a request without an API.
  var response: BufferedResponse {
    BufferedResponse(
      status: status ?? type.defaultStatus, headers: [.contentType: "application/json"],
      body: Array(#"{"message":\#(JSON.string(message))}"#.utf8))
  }

  /// The response to a request. A REST API's follows the template's customization of the type, or else of `DEFAULT_4XX`
  /// or `DEFAULT_5XX`.
  func response(
    _ context: RequestContext, pathParameters: [RoutedRequest.PathParameter], traceID: TraceID
  ) -> BufferedResponse {
    // A function's URL has no gateway: this is Lambda's own response.
    if context.api.kind == .functionURL, type == .default5xx {
      return BufferedResponse(
        status: status ?? type.defaultStatus, headers: [.contentType: "text/plain"], body: Array(message.utf8))
    }
    guard context.api.kind == .rest else { return response }
    let responses = context.api.gatewayResponses
    let custom = responses[type] ?? responses[type.fallback] ?? GatewayResponse()
    let template = custom.templates.first { $0.contentType == "application/json" } ?? custom.templates.first
    let values = ParameterValues(context, pathParameters: pathParameters, traceID: traceID)
    let lookUp = { (name: String) in own(name) ?? values.value(of: name) }
    var response = BufferedResponse(
      status: custom.status ?? status ?? type.defaultStatus,
      headers: [.contentType: template?.contentType ?? "application/json"],
      body: Array(Self.substitute(in: template?.template ?? Self.defaultTemplate, lookUp).utf8))
    response.headers.add("x-amzn-ErrorType", exceptionName)
    for header in custom.headers {
      if let name = HTTPField.Name(header.name), let value = lookUp(header.value) { response.headers[name] = value }
    }
    return response
  }

  private static let defaultTemplate = #"{"message":$context.error.messageString}"#

  /// The values of the failure's own variables.
  private func own(_ name: String) -> String? {
    switch name {
    case "context.error.message": message
    case "context.error.messageString": "\(JSON.string(message))"
    case "context.error.responseType": type.rawValue
    case "context.error.validationErrorString": validationError ?? ""
    default: nil
    }
  }

  /// Replaces a template's variables, the only Velocity feature in gateway responses. Unknown variables become empty.
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

extension ParameterValues {
  /// The value of an expression such as `context.requestId` or `'text'`; nil without a value.
  fileprivate func value(of expression: String) -> String? {
    guard let source = try? ParameterSource(expression, from: .request) else { return nil }
    let message = Message(headers: parameters.headers, body: context.context.request.body, notJSON: .configuration(""))
    return try? values(of: source, in: message).last
  }
}
