internal import Foundation
internal import HTTPTypes
internal import JSONTree
internal import LocalServer
internal import Platform
internal import SAMTemplate

extension MappedExchange {
  /// The body of the integration's request: the mapping template's output, or the client's body if it may pass through.
  ///
  /// The mapping template is that of the client's Content-Type (`application/json` without the header), or else
  /// `$default`.
  func integrationBody() throws(GatewayFailure) -> [UInt8] {
    let templates = integration.requestTemplates
    if let (contentType, template) = templates.entry(forContentType: routed.request.header("Content-Type")) {
      return try evaluate(template, "request template \(contentType)", body: try convertedBody())
    }
    switch integration.passthroughBehavior {
    case .never: throw .unsupportedMediaType
    case .whenNoTemplates where !templates.isEmpty: throw .unsupportedMediaType
    case .whenNoTemplates, .whenNoMatch: return try convertedBody()
    }
  }

  /// See [Content type conversions](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html).
  private func convertedBody() throws(GatewayFailure) -> [UInt8] {
    let request = routed.request
    let isBinary = routed.api.binaryMediaTypes.containMediaType(request.header("Content-Type"))
    switch (isBinary, integration.contentHandling) {
    case (true, .convertToText): return request.body.base64Encoded
    case (true, _): return request.body
    case (false, .convertToBinary): return try request.body.base64Decoded("the request's body")
    case (false, _): return request.body.repairedText
    }
  }

  /// The request to a service: the mapping template's output, mapped parameters, overrides, and API Gateway's headers.
  func serviceRequest(for action: ServiceAction) throws(GatewayFailure) -> ServiceRequest {
    let body = try integrationBody()
    var headers = HTTPFields()
    var query: [ServiceRequest.Parameter] = []
    var path = action.path
    let message = ParameterValues.Message(
      headers: values.parameters.headers, body: routed.request.body,
      notJSON: GatewayFailure(.badRequestBody, "Invalid JSON in request body"))
    func apply(_ destination: RequestParameter.Destination, _ values: [String]) throws(GatewayFailure) {
      let values = values.filter { !$0.isEmpty }
      switch destination {
      case .header(let name): try headers.set(name, values)
      case .query(let name) where !values.isEmpty:
        query.removeAll { $0.name == name }
        query += values.map { ServiceRequest.Parameter(name: name, value: $0) }
      case .path(let name):
        if let value = values.last { path = path.replacing("{\(name)}", with: value.pathEncoded) }
      case .query: break
      }
    }
    // Overrides in mapping templates take precedence over mapped parameters.
    let requestOverride = values.context.requestOverride
    let overriddenPath = try overrides("path", of: requestOverride)
    for override in overriddenPath { try apply(.path(override.name), override.values) }
    for parameter in integration.requestParameters {
      try apply(parameter.destination, try values.values(of: parameter.source, in: message))
    }
    for override in try overrides("querystring", of: requestOverride) {
      try apply(.query(override.name), override.values)
    }
    for override in try overrides("header", of: requestOverride) { try apply(.header(override.name), override.values) }
    if let illegal = headers.first(where: { IntegrationDefinition.unmappableHeaders.contains($0.name.canonicalName) }) {
      throw .configuration("integration.request.header.\(illegal.name.rawName) can't be mapped; remove it")
    }
    try addOwnHeaders(to: &headers)
    return ServiceRequest(
      service: action.service, region: action.region, method: action.method, path: path, query: query,
      headers: headers, body: body, timeout: integration.timeout)
  }

  private func addOwnHeaders(to headers: inout HTTPFields) throws(GatewayFailure) {
    headers[.referer] = nil
    let request = routed.request
    let hasBody = !["GET", "HEAD", "OPTIONS"].contains(request.method)
    let defaults = [
      ("Accept", "application/json"),
      ("Content-Type", (hasBody ? request.header("Content-Type") : nil) ?? "application/json"),
      ("User-Agent", "AmazonAPIGateway_\(routed.api.id)"),
    ]
    for (name, value) in defaults where headers.values(name).isEmpty { try headers.set(name, [value]) }
    try headers.set("x-amzn-apigateway-api-id", [routed.api.id])
    try headers.set("X-Amzn-Trace-Id", values.parameters.headers("X-Amzn-Trace-Id"))
  }
}

extension String {
  /// The text as part of a path. Existing percent-encoding is kept; characters that a path can't contain are encoded.
  fileprivate var pathEncoded: String {
    percentEncoded { $0.isUnreserved || "%!$&'()*+,;=:@/".utf8.contains($0) }
  }
}

extension [UInt8] {
  /// The bytes as Base64.
  var base64Encoded: [UInt8] { Array(Data(self).base64EncodedData()) }

  /// Decodes these bytes as Base64; `name` is for the log.
  func base64Decoded(_ name: String) throws(GatewayFailure) -> [UInt8] {
    guard let data = Data(base64Encoded: Data(self), options: .ignoreUnknownCharacters) else {
      throw .configuration("\(name) isn't Base64, which CONVERT_TO_BINARY requires")
    }
    return Array(data)
  }

  /// The bytes with invalid UTF-8 replaced by U+FFFD.
  var repairedText: [UInt8] { Array(String(decoding: self, as: UTF8.self).utf8) }
}
