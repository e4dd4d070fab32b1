internal import HTTPTypes
internal import Platform

/// An entry of an integration's `requestParameters`: the destination and the source of a value.
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

  /// Parses an entry. The destination is like `integration.request.header.X-Amz-Target`, the source like `'static'` or
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
      throw MappingError(
        "\(text.quoted) is not a valid destination; write integration.request.header.NAME (or querystring, path)")
    }
  }
}
