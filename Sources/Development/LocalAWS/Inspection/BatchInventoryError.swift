package import Batch
internal import HTTPTransport

/// Why a Batch didn't say what it has.
package enum BatchInventoryError: Error, Hashable, Sendable {
  /// There is no connection, or no whole answer in time.
  case unreachable(String)
  /// It answered with an error.
  case refused(BatchRefusal)
  /// What answered doesn't speak as Batch does.
  case unreadable(String)
}

extension ServiceResponse {
  /// The answer as the transport has it, which Batch's errors are read from.
  var transported: HTTPResponse {
    let head = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
    return HTTPResponse(status: status, head: Array(head.utf8), body: body)
  }
}
