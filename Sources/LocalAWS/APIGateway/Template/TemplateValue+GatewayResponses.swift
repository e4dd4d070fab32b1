internal import Platform

extension TemplateValue {
  /// Reads `x-amazon-apigateway-gateway-responses` of an OpenAPI document.
  func readGatewayResponses(into api: inout API) throws(TemplateFileError) {
    for (name, value) in try members() {
      var response = GatewayResponse()
      if let status = try value["statusCode"] { response.status = try status.integer(ClientResponse.statuses) }
      for (key, header) in try value["responseParameters"]?.members() ?? [] {
        let prefix = "gatewayresponse.header."
        guard key.hasPrefix(prefix) else {
          header.warn("not run here: only \(prefix)NAME reaches a caller")
          continue
        }
        response.headers.append((String(key.dropFirst(prefix.count)), try header.text()))
      }
      for (type, template) in try value["responseTemplates"]?.members() ?? [] {
        response.templates.append((type, try template.text()))
      }
      api.gatewayResponses[try value.gatewayResponseType(name)] = response
    }
  }

  /// Reads the property `GatewayResponses` of SAM's API.
  func readSAMGatewayResponses(into api: inout API) throws(TemplateFileError) {
    for (name, value) in try members() {
      var response = GatewayResponse()
      if let status = try value["StatusCode"] { response.status = try status.integer(ClientResponse.statuses) }
      for (header, text) in try value["ResponseParameters"]?["Headers"]?.members() ?? [] {
        response.headers.append((header, try text.text()))
      }
      for (type, template) in try value["ResponseTemplates"]?.members() ?? [] {
        response.templates.append((type, try template.text()))
      }
      api.gatewayResponses[try value.gatewayResponseType(name)] = response
    }
  }

  private func gatewayResponseType(_ name: String) throws(TemplateFileError) -> GatewayResponseType {
    guard let type = GatewayResponseType(rawValue: name) else {
      let names = GatewayResponseType.allCases.map(\.rawValue).joined(separator: ", ")
      throw error("\(name.quoted) is no gateway response; write one of \(names)")
    }
    return type
  }
}
