internal import Foundation
internal import HTTPTypes
internal import Platform

/// An entry of an integration's `responses`: for which answers it is, and what becomes of them.
struct IntegrationResponse: Sendable {
  /// The pattern as it stands in the template; nil for `default`.
  let pattern: String?
  /// The status that the caller gets.
  let status: Int
  /// The headers that the caller gets: their names, and where their values come from.
  let headers: [(name: String, source: ParameterSource)]
  /// The templates by content type, in the template's order.
  let templates: [(contentType: String, template: MappingTemplate)]
  /// How the answer's body is converted.
  let contentHandling: MappedIntegration.ContentHandling?

  private let expression: NSRegularExpression?

  /// Reads an entry; `parameters` has keys `method.response.header.NAME`. An empty pattern is the default's, too.
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
        throw MappingError("\(parameter.destination.quoted) is no destination: write method.response.header.NAME")
      }
      headers.append((name, try ParameterSource(parameter.source, from: .response)))
    }
    self.headers = headers
    do {
      expression = try self.pattern.map { try NSRegularExpression(pattern: "\\A(?:\($0))\\z") }
    } catch {
      throw MappingError("\((pattern ?? "").quoted) is no regular expression: correct it")
    }
  }

  /// Whether it is for answers of this status.
  ///
  /// The pattern must match all of it, as Java's `matches` has it; whether the beginning is enough in AWS, its
  /// documentation doesn't say.
  func matches(_ status: Int) -> Bool {
    guard let expression else { return false }
    let text = String(status)
    return expression.firstMatch(in: text, range: NSRange(location: 0, length: text.utf16.count)) != nil
  }
}
