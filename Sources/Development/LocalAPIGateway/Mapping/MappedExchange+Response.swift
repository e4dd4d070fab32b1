internal import JSONTree
internal import HTTPTypes
internal import LocalServer
internal import SAMTemplate
internal import VelocityTemplate

extension MappedExchange {
  /// The response to the client, mapped from a service's.
  func clientResponse(for service: BufferedResponse) throws(GatewayFailure) -> BufferedResponse {
    let response = try integrationResponse(for: service.status)
    var headers = HTTPFields()
    let body = try convertedBody(of: service, response.contentHandling)
    let message = ParameterValues.Message(
      headers: service.headers.values, body: body,
      notJSON: .configuration("a response header is mapped from a body that isn't JSON; map it from something else"))
    for header in response.headers { try headers.set(header.name, try values.values(of: header.source, in: message)) }
    let output = try templateOutput(response, body)
    var status = response.status
    if case .integer(let code)? = values.context.responseOverride["status"], APIDefinition.statuses.contains(code) {
      status = code
    }
    for override in try overrides("header", of: values.context.responseOverride) {
      try headers.set(override.name, override.values)
    }
    if headers[.contentType] == nil { headers[.contentType] = "application/json" }
    return BufferedResponse(status: status, headers: HTTPFields(headers.compactMap(Self.remapped)), body: output)
  }

  /// The first response whose pattern matches, or else the default one.
  private func integrationResponse(for status: Int) throws(GatewayFailure) -> IntegrationResponse {
    let responses = integration.responses
    guard let response = responses.first(where: { $0.matches(status) }) ?? responses.first(where: { $0.pattern == nil })
    else {
      throw .configuration("no integration response matches status \(status), and none is the default; add a default")
    }
    guard integration.methodResponses.contains(response.status) else {
      throw .configuration("the method declares no response \(response.status); add it to its responses")
    }
    return response
  }

  /// The output of the mapping template for the first media type of the client's Accept, or else for
  /// `application/json`, or else of the first one; without one, the body.
  private func templateOutput(_ response: IntegrationResponse, _ body: [UInt8]) throws(GatewayFailure) -> [UInt8] {
    guard let (contentType, template) = response.template(forAccept: routed.request.header("Accept")) else {
      return body
    }
    let name = "response template \(contentType) of \(response.pattern ?? "default")"
    return try evaluate(template, name, body: body)
  }

  /// See [Content type conversions](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html).
  private func convertedBody(
    of service: BufferedResponse, _ contentHandling: MappedIntegration.ContentHandling?
  ) throws(GatewayFailure) -> [UInt8] {
    let binaryTypes = routed.api.binaryMediaTypes
    let isBinary = binaryTypes.containMediaType(service.headers[values: .contentType].last)
    let wantsBinary = binaryTypes.containMediaType(routed.request.header("Accept"))
    switch (isBinary, contentHandling ?? (wantsBinary ? .convertToBinary : .convertToText)) {
    case (true, .convertToText): return service.body.base64Encoded
    case (true, .convertToBinary): return service.body
    case (false, .convertToText): return service.body.repairedText
    case (false, .convertToBinary): return try service.body.base64Decoded("the integration's response")
    }
  }

  /// The headers that reach the client as `x-amzn-Remapped-NAME`, in lower case.
  private static let remappedHeaders: Set<String> = [
    "authorization", "connection", "content-length", "content-md5", "date", "expect", "host", "max-forwards",
    "proxy-authenticate", "server", "trailer", "upgrade", "user-agent", "www-authenticate",
  ]

  private static func remapped(_ header: HTTPField) -> HTTPField? {
    if header.name == .transferEncoding { return nil }
    guard remappedHeaders.contains(header.name.canonicalName) else { return header }
    return HTTPField.Name("x-amzn-Remapped-\(header.name.rawName)").map { HTTPField(name: $0, value: header.value) }
  }
}
