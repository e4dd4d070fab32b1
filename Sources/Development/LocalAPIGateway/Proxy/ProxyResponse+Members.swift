internal import JSONTree
internal import SAMTemplate

/// Readers for the members of a function's response, each with its permitted types. Null counts as missing.
extension ProxyResponse {
  /// Rejects anything except an object that has only the members that a REST API accepts.
  static func refuseUnknown(_ response: JSON) throws(ProxyFailure) {
    guard case .object(let members) = response else { throw .malformedResponse("it is not a JSON object") }
    let known: Set = ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]
    guard let unknown = members.first(where: { !known.contains($0.name) }) else { return }
    throw .malformedResponse("\(unknown.name) is not statusCode, headers, multiValueHeaders, body or isBase64Encoded")
  }

  /// A number, which may be in a string; 200 if missing.
  static func status(_ value: JSON?) throws(ProxyFailure) -> Int {
    let text: String
    switch value {
    case nil, .null: return 200
    case .number(let number): text = number
    case .string(let string): text = string
    case .some(let other): throw .malformedResponse("statusCode is \(other)")
    }
    guard let status = Int(text) ?? Double(text).flatMap(Int.init(exactly:)), APIDefinition.statuses ~= status else {
      throw .malformedResponse("statusCode is \(text), not a status from 200 to 599")
    }
    return status
  }

  /// A string; empty if missing.
  static func body(_ value: JSON?) throws(ProxyFailure) -> String {
    switch value {
    case nil, .null: return ""
    case .string(let text): return text
    case .some: throw .malformedResponse("body is not a string")
    }
  }

  /// A Boolean; false if missing.
  static func flag(_ value: JSON?) throws(ProxyFailure) -> Bool {
    switch value {
    case nil, .null: return false
    case .boolean(let flag): return flag
    case .some: throw .malformedResponse("isBase64Encoded is not true or false")
    }
  }

  /// The text of a header's value: a string, a number or a Boolean.
  private static func text(_ value: JSON, of name: String) throws(ProxyFailure) -> String {
    switch value {
    case .string(let text): return text
    case .boolean, .number: return value.description
    case .null, .array, .object: throw .malformedResponse("the header \(name) is not a string")
    }
  }

  /// The headers of `headers`; a value may be null.
  static func singles(_ value: JSON?) throws(ProxyFailure) -> [(name: String, value: String?)] {
    var headers: [(name: String, value: String?)] = []
    for header in try object(value, "headers") {
      headers.append((header.name, header.value == .null ? nil : try text(header.value, of: header.name)))
    }
    return headers
  }

  /// The headers of `multiValueHeaders`.
  static func lists(_ value: JSON?) throws(ProxyFailure) -> [(name: String, values: [String])] {
    var headers: [(name: String, values: [String])] = []
    for header in try object(value, "multiValueHeaders") where header.value != .null {
      guard case .array(let elements) = header.value else {
        throw .malformedResponse("the header \(header.name) in multiValueHeaders is not a list")
      }
      var values: [String] = []
      for element in elements { values.append(try text(element, of: header.name)) }
      headers.append((header.name, values))
    }
    return headers
  }

  /// The cookies of `cookies`.
  static func cookies(_ value: JSON?) throws(ProxyFailure) -> [String] {
    switch value {
    case nil, .null: return []
    case .array(let elements):
      let cookies = elements.compactMap(\.string)
      guard cookies.count == elements.count else { throw .malformedResponse("a cookie is not a string") }
      return cookies
    case .some: throw .malformedResponse("cookies is not a list")
    }
  }

  private static func object(_ value: JSON?, _ name: String) throws(ProxyFailure) -> [JSON.Member] {
    switch value {
    case nil, .null: return []
    case .object(let members): return members
    case .some: throw .malformedResponse("\(name) is not an object")
    }
  }
}
