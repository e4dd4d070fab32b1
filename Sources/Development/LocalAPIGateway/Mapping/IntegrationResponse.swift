internal import Foundation
internal import HTTPTypes
internal import Platform

/// An entry of an integration's `responses`: the service responses that it matches, and how it maps them.
struct IntegrationResponse: Sendable {
  /// The pattern as written in the template; nil for `default`.
  let pattern: String?
  /// The status that the client gets.
  let status: Int
  /// The headers that the client gets, and the sources of their values.
  let headers: [(name: String, source: ParameterSource)]
  /// The mapping templates by content type, in the template's order.
  let templates: [(contentType: String, template: MappingTemplate)]
  /// How the service's body is converted.
  let contentHandling: MappedIntegration.ContentHandling?

  private let expression: NSRegularExpression?

  /// Parses an entry. An empty pattern means the default, too. Destinations are `method.response.header.NAME`.
  init(
    pattern: String?, status: Int, parameters: [(destination: String, source: String)] = [],
    templates: [(contentType: String, template: MappingTemplate)] = [],
    contentHandling: MappedIntegration.ContentHandling? = nil
  ) throws(MappingError) {
    self.pattern = pattern.flatMap { $0.isEmpty ? nil : $0 }
    self.status = status
    self.templates = templates
    self.contentHandling = contentHandling
    var headers: [(name: String, source: ParameterSource)] = []
    for parameter in parameters {
      guard let name = parameter.destination.dropping("method.response.header."), HTTPField.Name(name) != nil else {
        throw MappingError(
          "\(parameter.destination.quoted) is not a valid destination; write method.response.header.NAME")
      }
      headers.append((name, try ParameterSource(parameter.source, from: .response)))
    }
    self.headers = headers
    do {
      expression = try self.pattern.map { try NSRegularExpression(pattern: "\\A(?:\($0))\\z") }
    } catch {
      throw MappingError("\((pattern ?? "").quoted) is not a valid regular expression; fix it")
    }
  }

  /// The mapping template for the first media type of an Accept header, or else for `application/json`, or else the first
  /// one. Neither case nor parameters make a difference.
  func template(forAccept header: String?) -> (contentType: String, template: MappingTemplate)? {
    guard templates.count > 1 else { return templates.first }
    let wanted = [header?.mediaType, "application/json"].compactMap(\.self)
    return wanted.lazy.compactMap { type in templates.first { $0.contentType.mediaType == type } }.first
      ?? templates.first
  }

  /// Whether the entry matches this status of a service.
  ///
  /// The pattern must match the whole status, like Java's `matches`. AWS's documentation doesn't say whether a prefix
  /// is enough.
  func matches(_ status: Int) -> Bool {
    guard let expression else { return false }
    let text = String(status)
    return expression.firstMatch(in: text, range: NSRange(location: 0, length: text.utf16.count)) != nil
  }
}
