internal import HTTPTypes

/// A response in memory: an AWS service's, or the one that the client gets.
struct BufferedResponse: Hashable, Sendable {
  /// The status code.
  var status: Int
  /// The header fields in their order; a name may occur more than once.
  var headers: HTTPFields = [:]
  /// The body.
  var body: [UInt8] = []
}
