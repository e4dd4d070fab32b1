internal import HTTPTypes

/// A complete response in memory: from an AWS service, or to the client.
struct BufferedResponse: Hashable, Sendable {
  /// The status code.
  var status: Int
  /// The header fields, in order. A name may occur more than once.
  var headers: HTTPFields = [:]
  /// The body.
  var body: [UInt8] = []
}
