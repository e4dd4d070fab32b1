/// How an HTTP API itself handles CORS: `CorsConfiguration`, or `x-amazon-apigateway-cors` in its OpenAPI document.
///
/// See [Configure CORS for HTTP
/// APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html).
package struct CORSDefinition: Hashable, Sendable {
  /// The origins whose pages may read responses; `*`, `https://*` and `http://*` match any.
  package var allowOrigins: [String] = []
  /// The methods that preflights allow; `*` is any.
  package var allowMethods: [String] = []
  /// The request headers that preflights allow; `*` is any.
  package var allowHeaders: [String] = []
  /// The response headers that pages may read; `*` is any.
  package var exposeHeaders: [String] = []
  /// How many seconds a browser may keep a preflight's response; nil leaves it to the browser.
  package var maxAge: Int?
  /// Whether requests may carry credentials.
  package var allowCredentials = false

  /// A configuration that allows nothing.
  package init() {}
}

extension CORSDefinition {
  /// Reads a configuration; nil if there is none.
  ///
  /// - Parameters:
  ///   - document: `x-amazon-apigateway-cors`.
  ///   - configuration: `CorsConfiguration`, whose settings override the document's. In SAM, `true` allows any origin.
  init?(document: TemplateValue?, configuration: TemplateValue?) throws {
    self.init()
    var isConfigured = false
    if let document {
      isConfigured = true
      try read(document) { $0 }
    }
    if let configuration, let text = configuration.node.text {
      let isEnabled = TemplateNode.boolean(text)
      if isEnabled != false, !configuration.isNull {
        isConfigured = true
        allowOrigins = isEnabled == true ? ["*"] : [text]
      }
    } else if let configuration {
      isConfigured = true
      try read(configuration) { $0.prefix(1).uppercased() + $0.dropFirst() }
    }
    guard isConfigured else { return nil }
    if allowCredentials, allowOrigins.contains("*"), let place = configuration ?? document {
      throw place.error("allows credentials for any origin, which API Gateway rejects; name the origins")
    }
  }

  private mutating func read(_ value: TemplateValue, _ key: (String) -> String) throws {
    let keys = ["allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge", "allowCredentials"].map(key)
    value.warn(ofKeysBeyond: Set(keys))
    if let origins = try value[keys[0]] { allowOrigins = try origins.listedTexts() }
    if let methods = try value[keys[1]] { allowMethods = try methods.listedTexts().map { $0.uppercased() } }
    if let headers = try value[keys[2]] { allowHeaders = try headers.listedTexts() }
    if let headers = try value[keys[3]] { exposeHeaders = try headers.listedTexts() }
    if let age = try value[keys[4]] { maxAge = try age.integer(-1...86_400) }
    if let credentials = try value[keys[5]] { allowCredentials = try credentials.boolean() }
  }
}

extension TemplateValue {
  /// The strings of a list, or of a text with commas between them.
  fileprivate func listedTexts() throws -> [String] {
    guard let text = node.text else { return try texts() }
    return text.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }
}
