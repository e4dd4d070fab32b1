internal import Foundation

extension GatewayFailure {
  /// The answer of an API to a request that it answers by itself.
  ///
  /// A REST API's is what the template says of the type, or of `DEFAULT_4XX` or `DEFAULT_5XX`; an HTTP API's can't be
  /// changed. `variables` gives the value of an expression such as `context.requestId`.
  func response(of api: API?, _ variables: (String) -> String?) -> ClientResponse {
    let status = status ?? type.defaultStatus
    guard let api, api.kind == .rest else {
      return ClientResponse(
        status: status, headers: [.init(name: "Content-Type", value: "application/json")],
        body: Array(#"{"message":\#(JSON.string(message))}"#.utf8))
    }
    let custom = api.gatewayResponses[type] ?? api.gatewayResponses[type.fallback] ?? GatewayResponse()
    let template = custom.templates.first { $0.contentType == "application/json" } ?? custom.templates.first
    let lookUp = { (name: String) in own(name) ?? variables(name) }
    var response = ClientResponse(
      status: custom.status ?? status,
      headers: [
        .init(name: "Content-Type", value: template?.contentType ?? "application/json"),
        .init(name: "x-amzn-ErrorType", value: exceptionName),
      ],
      body: Array(Self.substitute(in: template?.template ?? Self.defaultTemplate, lookUp).utf8))
    for header in custom.headers {
      guard let value = Self.value(of: header.value, lookUp) else { continue }
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

  /// A header's value: `'static'`, or an expression.
  private static func value(of source: String, _ lookUp: (String) -> String?) -> String? {
    guard source.count > 1, source.hasPrefix("'"), source.hasSuffix("'") else { return lookUp(source) }
    return String(source.dropFirst().dropLast())
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
