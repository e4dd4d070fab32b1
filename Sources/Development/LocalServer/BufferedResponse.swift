package import Foundation
package import HTTPTypes

/// A complete response in memory.
package struct BufferedResponse: Hashable, Sendable {
  /// The status code.
  package var status: Int
  /// The header fields, in order. A name may occur more than once. A server adds the length, the date and those about
  /// the connection.
  package var headers: HTTPFields
  /// The body. A server doesn't send it where HTTP allows none, such as in the response to HEAD.
  package var body: [UInt8]

  package init(status: Int, headers: HTTPFields = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A response with a body of JSON.
  package init(status: Int = 200, json: Data, contentType: String = "application/json") {
    self.init(status: status, headers: [.contentType: contentType], body: Array(json))
  }
}

extension JSONEncoder {
  /// The encoder for the bodies of responses.
  package static var response: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
