internal import Platform

/// The source of a mapped parameter's value.
///
/// See [Parameter mapping source reference](https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html).
enum ParameterSource: Hashable, Sendable {
  /// The message whose headers and body may be the source.
  enum Origin: String, Sendable {
    case request = "method.request."
    case response = "integration.response."
  }

  case path(String)
  case query(String)
  /// `multivaluequerystring`: all values, each of which becomes a parameter.
  case queryValues(String)
  case header(String)
  /// `multivalueheader`: all values, each of which becomes a header.
  case headerValues(String)
  /// The body, or a JSONPath's value in it.
  case body(JSONPath?)
  /// `'static'`.
  case literal(String)
  case context([String])
  case stageVariable(String)

  /// Parses an expression.
  init(_ text: String, from origin: Origin) throws(MappingError) {
    if text.count >= 2, text.hasPrefix("'"), text.hasSuffix("'") {
      self = .literal(String(text.dropFirst().dropLast()))
    } else if let names = text.dropping("context."), !names.isEmpty {
      self = .context(names.split(separator: ".").map(String.init))
    } else if let name = text.dropping("stageVariables."), !name.isEmpty {
      self = .stageVariable(name)
    } else if let value = text.dropping(origin.rawValue), let source = try Self.value(value, of: origin, in: text) {
      self = source
    } else {
      throw MappingError(
        "\(text.quoted) is not a valid source; write \(origin.examples), 'text', context.NAME or stageVariables.NAME")
    }
  }

  private static func value(
    _ value: String, of origin: Origin, in text: String
  ) throws(MappingError) -> ParameterSource? {
    if value == "body" { return .body(nil) }
    if let path = value.dropping("body.") {
      do throws(JSONPathError) { return .body(try JSONPath(path)) } catch {
        throw MappingError("\(text.quoted): \(error.reason)")
      }
    }
    if let name = value.dropping("header."), !name.isEmpty { return .header(name) }
    if let name = value.dropping("multivalueheader."), !name.isEmpty { return .headerValues(name) }
    guard origin == .request else { return nil }
    if let name = value.dropping("path."), !name.isEmpty { return .path(name) }
    if let name = value.dropping("querystring."), !name.isEmpty { return .query(name) }
    if let name = value.dropping("multivaluequerystring."), !name.isEmpty { return .queryValues(name) }
    return nil
  }
}

extension ParameterSource.Origin {
  fileprivate var examples: String {
    switch self {
    case .request: "method.request.header.NAME (or querystring, path, body.JSONPATH)"
    case .response: "integration.response.header.NAME, integration.response.body.JSONPATH"
    }
  }
}

extension String {
  /// The text after a prefix; nil if it doesn't start with the prefix.
  func dropping(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}

/// A parameter mapping or pattern that can't be parsed.
struct MappingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, and the fix.
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
