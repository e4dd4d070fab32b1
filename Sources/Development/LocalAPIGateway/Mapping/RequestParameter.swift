internal import HTTPTypes
internal import Platform

/// An entry of an integration's `requestParameters`: where a value goes, and where it comes from.
struct RequestParameter: Hashable, Sendable {
  /// A part of the integration's request.
  enum Destination: Hashable, Sendable {
    case header(String)
    case query(String)
    /// `{NAME}` in the path of the integration's URI.
    case path(String)
  }

  let destination: Destination
  let source: ParameterSource

  /// Reads an entry: a key such as `integration.request.header.X-Amz-Target`, a value such as `'static'` or
  /// `method.request.querystring.name`.
  init(destination: String, source: String) throws(MappingError) {
    self.destination = try Destination(destination)
    self.source = try ParameterSource(source, from: .request)
  }
}

extension RequestParameter.Destination {
  fileprivate init(_ text: String) throws(MappingError) {
    if let name = text.dropping("integration.request.header."), HTTPField.Name(name) != nil {
      self = .header(name)
    } else if let name = text.dropping("integration.request.querystring."), !name.isEmpty {
      self = .query(name)
    } else if let name = text.dropping("integration.request.path."), !name.isEmpty {
      self = .path(name)
    } else {
      throw MappingError("\(text.quoted) is no destination: write integration.request.header.NAME, querystring or path")
    }
  }
}
