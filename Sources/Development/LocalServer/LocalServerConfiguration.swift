/// How a local server treats its clients.
package struct LocalServerConfiguration: Sendable {
  /// Who may use the server.
  package var admission = Admission.loopback
  /// How many clients it serves, and how long it waits for them.
  package var limits = ConnectionLimits()
  /// Whether it also listens on ::1, if the machine has it.
  package var servesIPv6 = true
  /// Receives each request that the server refuses by itself. It must not block.
  package var refused: @Sendable (RefusedRequest) -> Void = { _ in }

  package init() {}
}

/// How many clients a local server serves at once, and how long it waits for them.
package struct ConnectionLimits: Sendable {
  /// The number of open connections. Beyond it, a connection gets a 503 and is closed.
  package var connections: Int
  /// The number of requests that are being served. Beyond it, a request gets a 503.
  package var requests: Int
  /// How long a connection may take for its next request's head, from the start or from the last response; nil for as
  /// long as it likes.
  package var idle: Duration? = .seconds(75)
  /// How long a request's body may take to arrive, and a client to take its response; nil for as long as they like.
  package var transfer: Duration? = .seconds(60)

  /// 512 connections and 256 requests, or fewer if the process can't open enough files.
  ///
  /// - Parameter openFiles: how many files it may have open. A request to a function takes up to eight, and a connection
  ///   to the gateway may come with one to Batch.
  package init(openFiles: Int = OpenFiles.limit) {
    connections = min(512, max(16, openFiles / 8))
    requests = min(256, max(8, openFiles / 16))
  }

  /// No limit on time, for clients that are processes of this program.
  package static let patient: ConnectionLimits = {
    var limits = ConnectionLimits()
    (limits.idle, limits.transfer) = (nil, nil)
    return limits
  }()
}
