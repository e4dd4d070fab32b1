internal import Platform
internal import RawJSON

/// Reads a request's query from where its sender puts it.
enum RequestQuery {
  /// The names and values as the sender delivers them, a repeated parameter as often as it was sent.
  static func parameters(
    in members: JSONObject, format: PayloadFormat
  ) throws(JSONError) -> [(name: String, value: String)] {
    var parameters: [(name: String, value: String)] = []
    switch format {
    case .httpV2, .functionURL:
      // The map next to it joins the values of a repeated parameter by commas.
      let query = try members["rawQueryString"]?.string() ?? ""
      for part in query.utf8.split(separator: UInt8(ascii: "&")) {
        let name = part.prefix { $0 != UInt8(ascii: "=") }
        parameters.append((String(Substring(name)), String(Substring(part[name.endIndex...].dropFirst()))))
      }
    case .rest, .httpV1, .loadBalancer:
      // The other map has only the last value of a repeated parameter.
      let map = members["multiValueQueryStringParameters"] ?? members["queryStringParameters"]
      guard let map = try map?.object() else { break }
      for parameter in map.members {
        let name = try parameter.name()
        for value in parameter.value.kind == .array ? try parameter.value.array() : [parameter.value] {
          parameters.append((name, value.kind == .null ? "" : try value.string()))
        }
      }
    }
    return parameters
  }

  /// The text of an encoded name or value: `+` is a space, as in a form. Nil if an escape is malformed.
  static func decode(_ text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "+")) else { return text.percentDecoded() }
    let spaced = text.utf8.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
    return String(decoding: spaced, as: UTF8.self).percentDecoded()
  }
}
