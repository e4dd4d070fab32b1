internal import Platform

/// Header fields that mappings and overrides set: one of a name replaces all of that name before it.
struct HeaderFields {
  /// The fields in their order.
  private(set) var fields: [ClientResponse.Header] = []

  /// The values of a name, in any case.
  subscript(name: String) -> [String] {
    fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }

  /// Sets a header's values. Empty ones count for none.
  ///
  /// - Throws: the failure of a name or value that would break the message: a caller may have put a line break in it.
  mutating func set(_ name: String, _ values: [String]) throws(GatewayFailure) {
    let values = values.filter { !$0.isEmpty }
    if values.isEmpty { return }
    guard name.isHeaderName else { throw .configuration("\(name.quoted) is no header's name: correct the mapping") }
    guard values.allSatisfy(\.isHeaderValue) else {
      throw .configuration("the header \(name.quoted) would hold control characters: escape or check its value")
    }
    remove(name)
    fields += values.map { ClientResponse.Header(name: name, value: $0) }
  }

  /// Removes all fields of a name, in any case.
  mutating func remove(_ name: String) {
    fields.removeAll { $0.name.lowercased() == name.lowercased() }
  }
}

extension String {
  /// Whether this is a token of [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2), as headers' names are.
  var isHeaderName: Bool {
    !isEmpty && utf8.allSatisfy { $0.isAlphanumeric || "!#$%&'*+-.^_`|~".utf8.contains($0) }
  }

  fileprivate var isHeaderValue: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
  }
}
