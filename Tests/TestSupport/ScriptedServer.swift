internal import Foundation

/// An HTTP/1.1 server on 127.0.0.1 that reacts to each request as a test says, and records all requests.
///
/// Each connection has its own thread. The server stops with its last reference, or earlier with `stop()`.
package final class ScriptedServer: Sendable {
  struct State {
    var listener: StreamSocket?
    var listening = false
    var open: [Int: StreamSocket] = [:]
    var accepted = 0
    var requests: [Request] = []
    var strays = 0

    /// Ends the listening socket, which the accepting thread closes.
    mutating func endListener() {
      if listening { listener?.shutDown() } else { listener?.close() }
      listener = nil
      listening = false
    }
  }

  private let state: Monitor<State>
  private let reply: @Sendable (Request) -> Reply
  /// The port it is bound to, even while it refuses connections.
  package let port: Int

  /// A server that asks this closure how to reply to each request. While not listening, it refuses connections.
  package init(listening: Bool = true, reply: @escaping @Sendable (Request) -> Reply) throws {
    let socket = try StreamSocket.bound()
    self.state = Monitor(State(listener: socket))
    self.reply = reply
    self.port = Int(socket.port)
    if listening { try startListening() }
  }

  /// A server that follows the script, one reply per request, and then repeats the last one forever.
  package static func answering(listening: Bool = true, _ script: Reply...) throws -> ScriptedServer {
    let rest = Monitor(script[...])
    return try ScriptedServer(listening: listening) { _ in
      rest.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? .close }
    }
  }

  deinit { stop() }

  /// Host and port, in the format of `AWS_LAMBDA_RUNTIME_API`.
  package var authority: String { "127.0.0.1:\(port)" }
  /// The base URL, without a trailing slash.
  package var url: String { "http://\(authority)" }
  /// Every request so far, in order of completion.
  package var requests: [Request] { state.withLock { $0.requests } }
  /// The number of connections accepted so far.
  package var connections: Int { state.withLock { $0.accepted } }

  /// Waits until this many requests have arrived; false if the time runs out first.
  package func waitForRequests(_ count: Int, seconds: Double = 10) -> Bool {
    state.wait(seconds: seconds) { $0.requests.count >= count ? true : nil } ?? false
  }

  /// Waits until stray bytes have been sent this many times; false if the time runs out first.
  @discardableResult
  package func waitForStrays(_ count: Int, seconds: Double = 10) -> Bool {
    state.wait(seconds: seconds) { $0.strays >= count ? true : nil } ?? false
  }

  /// Waits until no connection is open; false if the time runs out first.
  package func waitUntilNoConnection(seconds: Double = 10) -> Bool {
    state.wait(seconds: seconds) { $0.open.isEmpty ? true : nil } ?? false
  }

  /// Accepts connections, on the same port as before.
  package func startListening() throws {
    let bound = try state.withLock { state -> StreamSocket? in
      try state.listener?.listen()
      state.listening = true
      return state.listener
    }
    guard let listener = bound else { return }
    Thread.detachNewThread { [state, reply] in
      while let socket = listener.accept() {
        let number = state.withLock { state in
          state.accepted += 1
          state.open[state.accepted] = socket
          return state.accepted
        }
        Thread.detachNewThread {
          ServerConnection(socket: socket, number: number, state: state).serve(reply)
        }
      }
      listener.close()
    }
  }

  /// Refuses new connections from now on but keeps the port; open connections continue.
  package func stopListening() throws {
    try state.withLock { state in
      state.endListener()
      state.listener = try StreamSocket.bound(to: UInt16(port))
    }
  }

  /// Closes the port and every connection.
  package func stop() {
    state.withLock { state in
      state.endListener()
      for socket in state.open.values { socket.shutDown() }
    }
  }
}
