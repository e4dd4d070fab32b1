/// What responds to the requests of a local server.
package protocol Responder: Sendable {
  /// The largest body that a request may have, in bytes. More is read, so that the response can be sent, but not kept.
  var maximumBodySize: Int { get }

  /// Responds to a request. The task is cancelled if the server has stopped and the response takes more than a second.
  ///
  /// - Throws: `LostResponse`, to close the connection without a response. To the error of the request's body, the server
  ///   responds with 400 or 413, and to any other error with 500, each without a body.
  func respond(to request: BufferedRequest) async throws -> BufferedResponse
}

/// The loss of a response, on purpose: its connection is closed without one.
package struct LostResponse: Error {
  package init() {}
}
