internal import Platform

extension TemplateValue {
  /// Reads `x-amazon-apigateway-gateway-responses` of an OpenAPI document.
  func readGatewayResponses(into api: inout APIDefinition) throws {
    try readResponses(into: &api) { value in
      var response = try GatewayResponse(status: value["statusCode"], templates: value["responseTemplates"])
      for (key, header) in try value["responseParameters"]?.members() ?? [] {
        let prefix = "gatewayresponse.header."
        guard key.hasPrefix(prefix) else {
          header.warn("not emulated: only \(prefix)NAME is")
          continue
        }
        response.headers.append((String(key.dropFirst(prefix.count)), try header.text()))
      }
      return response
    }
  }

  /// Reads `GatewayResponses` of a SAM API.
  func readSAMGatewayResponses(into api: inout APIDefinition) throws {
    try readResponses(into: &api) { value in
      var response = try GatewayResponse(status: value["StatusCode"], templates: value["ResponseTemplates"])
      for (header, text) in try value["ResponseParameters"]?["Headers"]?.members() ?? [] {
        response.headers.append((header, try text.text()))
      }
      return response
    }
  }

  private func readResponses(
    into api: inout APIDefinition, _ read: (TemplateValue) throws -> GatewayResponse
  ) throws {
    for entry in try entries() {
      guard let type = GatewayResponseType(rawValue: entry.key) else {
        let names = GatewayResponseType.allCases.map(\.rawValue).joined(separator: ", ")
        throw stack.error(
          at: entry.value, "\(entry.key.quoted) is not a type of gateway response; write one of \(names)")
      }
      let response = try stack.read(orWarn: "Resources.\(api.logicalID) sends its default \(entry.key) response") {
        try TemplateValue(entry.value, in: stack).map(read)
      }
      if let response { api.gatewayResponses[type] = response }
    }
  }
}

extension GatewayResponse {
  fileprivate init(status: TemplateValue?, templates: TemplateValue?) throws {
    self.status = try status?.integer(APIDefinition.statuses)
    for (type, template) in try templates?.members() ?? [] {
      self.templates.append((type, try template.text()))
    }
  }
}
