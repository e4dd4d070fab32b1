/// A response as the client gets it.
struct ClientResponse: Hashable, Sendable {
  /// A header field.
  struct Header: Hashable, Sendable {
    let name: String
    let value: String
  }

  /// The status codes that a template or a function may choose: an interim one, 100 to 199, would end no exchange.
  static let statuses = 200...599

  /// The status code.
  var status: Int
  /// The header fields in their order; a name may stand there twice.
  var headers: [Header]
  /// The body.
  var body: [UInt8]

  /// A response.
  init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
