internal import Platform

extension TemplateValue {
  /// Reads `x-amazon-apigateway-gateway-responses` of an OpenAPI document.
  func readGatewayResponses(into api: inout APIDefinition) throws {
    for (name, value) in try members() {
      var response = try GatewayResponse(status: value["statusCode"], templates: value["responseTemplates"])
      for (key, header) in try value["responseParameters"]?.members() ?? [] {
        let prefix = "gatewayresponse.header."
        guard key.hasPrefix(prefix) else {
          header.warn("not emulated: only \(prefix)NAME is")
          continue
        }
        response.headers.append((String(key.dropFirst(prefix.count)), try header.text()))
      }
      api.gatewayResponses[try value.gatewayResponseType(name)] = response
    }
  }

  /// Reads `GatewayResponses` of a SAM API.
  func readSAMGatewayResponses(into api: inout APIDefinition) throws {
    for (name, value) in try members() {
      var response = try GatewayResponse(status: value["StatusCode"], templates: value["ResponseTemplates"])
      for (header, text) in try value["ResponseParameters"]?["Headers"]?.members() ?? [] {
        response.headers.append((header, try text.text()))
      }
      api.gatewayResponses[try value.gatewayResponseType(name)] = response
    }
  }

  private func gatewayResponseType(_ name: String) throws -> GatewayResponseType {
    guard let type = GatewayResponseType(rawValue: name) else {
      let names = GatewayResponseType.allCases.map(\.rawValue).joined(separator: ", ")
      throw error("\(name.quoted) is not a type of gateway response; write one of \(names)")
    }
    return type
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
