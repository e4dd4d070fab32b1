package import HTTPTypes

extension HTTPFields {
  /// Appends a header. One whose name isn't a token can't be sent, so it is left out.
  package mutating func add(_ name: String, _ value: String) {
    if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
  }

  /// The values of a header.
  package func values(_ name: String) -> [String] {
    HTTPField.Name(name).map { self[values: $0] } ?? []
  }
}
