internal import Glibc
package import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import ServiceLifecycle

/// Serves a router on 127.0.0.1 while `body` runs, and hands it the port.
///
/// Port 0 picks a free one. By the time this returns, the server has stopped and closed its connections, whether `body`
/// returned, threw or was cancelled. The server itself writes nothing to standard error.
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
  // A client that has sent half a request doesn't hold up the shutdown any longer.
  configuration.maximumGracefulShutdownDuration = .seconds(1)
  let services = ServiceGroup(configuration: configuration)
  // The server has its own task, which is only ever stopped gracefully: a cancelled server drops connections that it
  // has accepted but not served yet, and NIO crashes the process over that.
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

/// The error of a local server that can't listen on its port.
package struct LocalServerError: Error, Equatable, CustomStringConvertible {
  /// The requested port on 127.0.0.1.
  package let port: Int
  /// The operating system's reason: a value of `errno`.
  package let errno: Int32

  /// One line that names the port and ends with the fix.
  package var description: String {
    let reason =
      switch errno {
      case EADDRINUSE: "is already in use"
      case EACCES: "needs root"
      default: "can't be opened (\(String(cString: strerror(errno))))"
      }
    return "port \(port) on 127.0.0.1 \(reason); use --port 0 to pick a free one"
  }
}
