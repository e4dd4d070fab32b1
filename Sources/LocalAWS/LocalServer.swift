public import Hummingbird
internal import Logging
internal import NIOCore

/// Serves a router on 127.0.0.1 while `body` runs, and hands it the port.
///
/// Port 0 picks a free one. The server has stopped, and dropped its connections, when this returns: after `body` has
/// returned, thrown or been cancelled. It writes nothing to standard error of its own.
/// - Throws: `LocalServerError` when it can't listen on the port, and whatever `body` throws.
public func withLocalServer<Value: Sendable>(
  _ router: Router<BasicRequestContext>, port: Int = 0, _ body: @Sendable (Int) async throws -> Value
) async throws -> Value {
  let (ports, listening) = AsyncStream.makeStream(of: Int.self)
  var quiet = Logger(label: "LocalServer")
  quiet.logLevel = .critical
  let application = Application(
    router: router,
    configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
    onServerRunning: { channel in
      listening.yield(channel.localAddress?.port ?? port)
      listening.finish()
    },
    logger: quiet)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask {
      defer { listening.finish() }
      do { try await application.run() } catch let error as IOError {
        throw LocalServerError(port: port, errno: error.errnoCode)
      }
    }
    guard let port = await ports.first(where: { _ in true }) else {
      try await group.waitForAll()
      throw CancellationError()
    }
    let value = try await body(port)
    group.cancelAll()
    return value
  }
}
