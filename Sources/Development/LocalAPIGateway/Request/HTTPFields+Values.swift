internal import HTTPTypes
internal import Platform

extension HTTPFields {
  /// Replaces all values of a header. Empty values are dropped; if none are left, nothing changes.
  ///
  /// - Throws: a configuration error for a name or value that would break the message, such as one with a line break
  ///   from a caller.
  mutating func set(_ name: String, _ values: [String]) throws(GatewayFailure) {
    let values = values.filter { !$0.isEmpty }
    if values.isEmpty { return }
    guard let field = HTTPField.Name(name) else {
      throw .configuration("\(name.quoted) is not a valid header name; fix the mapping")
    }
    guard values.allSatisfy(\.isHeaderValue) else {
      throw .configuration("the value of header \(name.quoted) has control characters; escape or check it")
    }
    self[field] = nil
    for value in values { append(HTTPField(name: field, value: value)) }
  }

  /// Appends a header. One whose name isn't a token can't be sent, so it is left out.
  mutating func add(_ name: String, _ value: String) {
    if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
  }

  /// The values of a header.
  func values(_ name: String) -> [String] {
    HTTPField.Name(name).map { self[values: $0] } ?? []
  }
}

extension String {
  fileprivate var isHeaderValue: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
  }
}
