internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// A server that listens on one address and port, until it is stopped.
struct Listener: Sendable {
  /// The port.
  let port: Int
  private let channel: any Channel
  private let openChannels: OpenChannels
  private let connections: Task<Void, Never>

  /// How long the connections may take for their last responses, once the listener is stopped.
  private static let patience = Duration.seconds(1)

  /// Starts to listen. Port 0 picks a free one.
  ///
  /// - Throws: `LocalServerError` if it can't listen there.
  init(_ responder: any Responder, on address: String, port: Int, _ clients: Clients) async throws {
    let openChannels = OpenChannels()
    let server: NIOAsyncChannel<Connection.Channel, Never>
    do {
      // NIO sets TCP_NODELAY by itself.
      server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .serverChannelOption(.backlog, value: 256)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelOption(.allowRemoteHalfClosure, value: true)
        .bind(host: address, port: port) { channel in
          channel.eventLoop.makeCompletedFuture { try Self.connection(channel, clients, openChannels) }
        }
    } catch let error as IOError {
      throw LocalServerError(address: address, port: port, errno: error.errnoCode)
    }
    self.port = server.channel.localAddress?.port ?? port
    (channel, self.openChannels) = (server.channel, openChannels)
    connections = Task { await Self.serve(server, clients, responder) }
  }

  /// Sets up the channel of a connection.
  private static func connection(
    _ channel: any Channel, _ clients: Clients, _ openChannels: OpenChannels
  ) throws -> Connection.Channel {
    let isCounted = clients.addConnection()
    if isCounted { channel.closeFuture.whenComplete { _ in clients.removeConnection() } }
    var limits = NIOHTTPDecoderLimitConfiguration()
    (limits.maxHeaderListSize, limits.maxHeaderFieldCount) = (80 * 1024, 1000)
    // `Connection` reads one request at a time and responds to what isn't HTTP; `HTTPFields` has only valid headers.
    try channel.pipeline.syncOperations.configureHTTPServerPipeline(
      withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
      withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
    try channel.pipeline.syncOperations.addHandler(ConnectionHandler(clients, isRefused: !isCounted))
    openChannels.add(channel)
    return try NIOAsyncChannel(
      wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
  }

  /// Serves connections until the listener is closed, and then only as long as patience lasts.
  private static func serve(
    _ server: NIOAsyncChannel<Connection.Channel, Never>, _ clients: Clients, _ responder: any Responder
  ) async {
    let (listening, isListening) = AsyncStream.makeStream(of: Never.self)
    await withTaskGroup { group in
      group.addTask {
        await withDiscardingTaskGroup { connections in
          // Must not be cancelled: NIO ends the process over a connection that was accepted and is not served.
          try? await server.executeThenClose { accepted in
            for try await channel in accepted {
              connections.addTask { await Connection(channel, clients, responder).serve() }
            }
          }
          isListening.finish()
        }
      }
      group.addTask {
        for await _ in listening {}
        try? await Task.sleep(for: patience)
      }
      await group.next()
      group.cancelAll()
    }
  }

  /// Stops listening, and closes the connections.
  func stop() async {
    channel.close(promise: nil)
    openChannels.end()
    await connections.value
  }
}
