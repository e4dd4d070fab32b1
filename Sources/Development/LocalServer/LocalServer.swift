internal import Glibc
package import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import ServiceLifecycle

/// Serves a router on 127.0.0.1 while `body` runs, and hands it the port.
///
/// Port 0 picks a free one. The server has stopped, and dropped its connections, when this returns: after `body` has
/// returned, thrown or been cancelled. It writes nothing to standard error of its own.
/// - Throws: `LocalServerError` when it can't listen on the port, and whatever `body` throws.
package func withLocalServer<Context: RequestContext, Value: Sendable>(
  _ router: Router<Context>, port: Int = 0, _ body: @Sendable (Int) async throws -> Value
) async throws -> Value where Context.Source == ApplicationRequestContextSource {
  let (ports, listening) = AsyncStream.makeStream(of: Int.self)
  var quiet = Logger(label: "LocalServer")
  quiet.logLevel = .critical
  let application = Application(
    router: router,
    server: HTTPServerBuilder { LocalHTTPChannel(http1: HTTP1Channel(responder: $0)) },
    configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
    onServerRunning: { channel in
      listening.yield(channel.localAddress?.port ?? port)
      listening.finish()
    },
    logger: quiet)
  var configuration = ServiceGroupConfiguration(services: [application], logger: quiet)
  // Nobody waits longer for a client that has sent half a request.
  configuration.maximumGracefulShutdownDuration = .seconds(1)
  let services = ServiceGroup(configuration: configuration)
  // A task of its own, stopped gracefully alone: a server that is cancelled drops connections it has accepted and not
  // yet served, and NIO ends the process for it.
  let server = Task {
    defer { listening.finish() }
    do { try await services.run() } catch let error as IOError {
      throw LocalServerError(port: port, errno: error.errnoCode)
    }
  }
  guard let port = await ports.first(where: { _ in true }) else {
    await services.triggerGracefulShutdown()
    try await server.value
    throw CancellationError()
  }
  do {
    let value = try await body(port)
    await services.triggerGracefulShutdown()
    try? await server.value
    return value
  } catch {
    await services.triggerGracefulShutdown()
    try? await server.value
    throw error
  }
}

/// A local server that can't listen on its port.
package struct LocalServerError: Error, Equatable, CustomStringConvertible {
  /// The port on 127.0.0.1 that was asked for.
  package let port: Int
  /// The operating system's reason, a value of `errno`.
  package let errno: Int32

  /// One line that names the port and ends with what to type.
  package var description: String {
    let reason =
      switch errno {
      case EADDRINUSE: "is taken"
      case EACCES: "needs root"
      default: "can't be listened on (\(String(cString: strerror(errno))))"
      }
    return "port \(port) on 127.0.0.1 \(reason); type the command again with --port 0 for a free one"
  }
}
