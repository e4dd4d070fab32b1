internal import VelocityTemplate

extension MappedExchange {
  /// The client's response to a service's answer.
  func clientResponse(for answer: ServiceResponse) throws(GatewayFailure) -> ClientResponse {
    let response = try integrationResponse(for: answer.status)
    var headers = HeaderFields()
    let body = try convertedBody(of: answer, response.contentHandling)
    let message = Message(
      headers: answer.headers, body: body,
      notJSON: .configuration("a response's header is mapped from a body that isn't JSON: map it from something else"))
    for header in response.headers { try headers.set(header.name, try values(of: header.source, in: message)) }
    let output = try templateOutput(response, body)
    var status = response.status
    if case .integer(let code)? = context.responseOverride["status"], ClientResponse.statuses.contains(code) {
      status = code
    }
    for override in try overrides("header", of: context.responseOverride) {
      try headers.set(override.name, override.values)
    }
    if headers["Content-Type"].isEmpty { try headers.set("Content-Type", ["application/json"]) }
    return ClientResponse(status: status, headers: headers.fields.compactMap(Self.remapped), body: output)
  }

  /// The first response whose pattern fits, or else the default one.
  private func integrationResponse(for status: Int) throws(GatewayFailure) -> IntegrationResponse {
    let responses = integration.responses
    guard let response = responses.first(where: { $0.matches(status) }) ?? responses.first(where: { $0.pattern == nil })
    else {
      throw .configuration("no integration response fits status \(status), and there is no default: add one")
    }
    guard integration.methodResponses.contains(response.status) else {
      throw .configuration("the method declares no response \(response.status): add it to its responses")
    }
    return response
  }

  /// The template of the client's Accept, or else of `application/json`, or else the first; without one, the body.
  private func templateOutput(_ response: IntegrationResponse, _ body: [UInt8]) throws(GatewayFailure) -> [UInt8] {
    let wanted = [routed.request.header("Accept"), "application/json"].compactMap(\.self)
    let matching = wanted.lazy.compactMap { type in response.templates.first { $0.contentType == type } }
    guard let (contentType, template) = matching.first ?? response.templates.first else { return body }
    let name = "response template \(contentType) of \(response.pattern ?? "default")"
    return try evaluate(template, name, body: body)
  }

  /// See [Content type conversions](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html).
  private func convertedBody(
    of answer: ServiceResponse, _ contentHandling: MappedIntegration.ContentHandling?
  ) throws(GatewayFailure) -> [UInt8] {
    let binaryTypes = routed.api.binaryMediaTypes
    let isBinary = binaryTypes.containMediaType(answer.headers("Content-Type").last)
    let wantsBinary = binaryTypes.containMediaType(routed.request.header("Accept"))
    switch (isBinary, contentHandling ?? (wantsBinary ? .convertToBinary : .convertToText)) {
    case (true, .convertToText): return answer.body.base64Encoded
    case (true, .convertToBinary): return answer.body
    case (false, .convertToText): return answer.body.repairedText
    case (false, .convertToBinary): return try answer.body.base64Decoded("the integration's answer")
    }
  }

  /// In lower case, the headers that reach the client under `x-amzn-Remapped-NAME`.
  private static let remappedHeaders: Set<String> = [
    "authorization", "connection", "content-length", "content-md5", "date", "expect", "host", "max-forwards",
    "proxy-authenticate", "server", "trailer", "upgrade", "user-agent", "www-authenticate",
  ]

  private static func remapped(_ header: ClientResponse.Header) -> ClientResponse.Header? {
    let name = header.name.lowercased()
    if name == "transfer-encoding" { return nil }
    guard remappedHeaders.contains(name) else { return header }
    return ClientResponse.Header(name: "x-amzn-Remapped-\(header.name)", value: header.value)
  }
}
