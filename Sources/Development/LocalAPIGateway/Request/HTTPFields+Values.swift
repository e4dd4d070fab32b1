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
}

extension String {
  fileprivate var isHeaderValue: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
  }
}
