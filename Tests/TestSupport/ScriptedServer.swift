internal import Foundation

/// An HTTP/1.1 server on 127.0.0.1 that does to each request what a test says, and keeps a ledger of what came.
///
/// Each connection has a thread of its own. The server ends with its last reference, or earlier by `stop()`.
package final class ScriptedServer: Sendable {
  struct State {
    var listener: StreamSocket?
    var listening = false
    var open: [Int: StreamSocket] = [:]
    var accepted = 0
    var requests: [Request] = []
    var strays = 0

    /// Ends the listening socket: the thread that accepts closes it.
    mutating func endListener() {
      if listening { listener?.shutDown() } else { listener?.close() }
      listener = nil
      listening = false
    }
  }

  private let state: Monitor<State>
  private let reply: @Sendable (Request) -> Reply
  /// The port it is bound to, also while it refuses connections.
  package let port: Int

  /// A server that asks this closure what to do with each request. Not listening, it refuses connections.
  package init(listening: Bool = true, reply: @escaping @Sendable (Request) -> Reply) throws {
    let socket = try StreamSocket.bound()
    self.state = Monitor(State(listener: socket))
    self.reply = reply
    self.port = Int(socket.port)
    if listening { try startListening() }
  }

  /// A server that does these things in turn, one for each request, and then the last for ever.
  package static func answering(listening: Bool = true, _ script: Reply...) throws -> ScriptedServer {
    let rest = Monitor(script[...])
    return try ScriptedServer(listening: listening) { _ in
      rest.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? .close }
    }
  }

  deinit { stop() }

  /// Host and port, as `AWS_LAMBDA_RUNTIME_API` wants them.
  package var authority: String { "127.0.0.1:\(port)" }
  /// The base URL, without a slash at its end.
  package var url: String { "http://\(authority)" }
  /// Every request so far, in the order they came whole.
  package var requests: [Request] { state.withLock { $0.requests } }
  /// How many connections were accepted so far.
  package var connections: Int { state.withLock { $0.accepted } }

  /// Waits until so many requests have come; false when the time is over first.
  package func waitForRequests(_ count: Int, seconds: Double = 10) -> Bool {
    state.wait(seconds: seconds) { $0.requests.count >= count ? true : nil } ?? false
  }

  /// Waits until stray bytes have been sent so many times; false when the time is over first.
  @discardableResult
  package func waitForStrays(_ count: Int, seconds: Double = 10) -> Bool {
    state.wait(seconds: seconds) { $0.strays >= count ? true : nil } ?? false
  }

  /// Waits until no connection is open; false when the time is over first.
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

  /// Refuses new connections from now on and keeps the port; open connections go on.
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
