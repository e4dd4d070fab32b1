internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import ServiceLifecycle

/// A server that listens on one address and port, until it is stopped.
struct Listener: Sendable {
  /// The port.
  let port: Int
  private let services: ServiceGroup
  private let server: Task<Void, any Error>

  /// Starts to listen. Port 0 picks a free one.
  ///
  /// - Throws: `LocalServerError` if it can't listen there, and `CancellationError`.
  init<Context: RequestContext>(
    _ router: Router<Context>, on address: String, port: Int, _ clients: Clients
  ) async throws where Context.Source == ApplicationRequestContextSource {
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    var quiet = Logger(label: "LocalServer")
    quiet.logLevel = .critical
    let application = Application(
      router: router,
      server: HTTPServerBuilder { LocalHTTPChannel(clients, responder: $0) },
      configuration: ApplicationConfiguration(address: .hostname(address, port: port)),
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
        throw LocalServerError(address: address, port: port, errno: error.errnoCode)
      }
    }
    guard let port = await ports.first(where: { _ in true }) else {
      await services.triggerGracefulShutdown()
      try await server.value
      throw CancellationError()
    }
    (self.port, self.services, self.server) = (port, services, server)
  }

  /// Stops listening, and closes the connections.
  func stop() async {
    await services.triggerGracefulShutdown()
    try? await server.value
  }
}
