internal import HTTPTypes
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypesHTTP1

/// Hummingbird's HTTP/1 channel, with a `ConnectionHandler` in front of it and a limit on the requests behind it.
struct LocalHTTPChannel: ServerChildChannel {
  private let http1: HTTP1Channel
  private let clients: Clients

  init(_ clients: Clients, responder: @escaping HTTPChannelHandler.Responder) {
    self.clients = clients
    http1 = HTTP1Channel { request, writer, channel in
      guard clients.addRequest() else { return try await Self.refuse(request, writer, clients) }
      // A client may leave meanwhile: the request counts until its work is done.
      defer { clients.removeRequest() }
      try await responder(request, writer, channel)
    }
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    http1.setup(channel: channel, logger: logger).flatMapThrowing { [clients] value in
      let pipeline = channel.pipeline.syncOperations
      // The handler needs the HTTP version and every Host header, which the codec drops.
      let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
      let isCounted = clients.addConnection()
      try pipeline.addHandler(ConnectionHandler(clients, isRefused: !isCounted), position: .before(codec))
      if isCounted { channel.closeFuture.whenComplete { _ in clients.removeConnection() } }
      return value
    }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async {
    await http1.handle(value: value, logger: logger)
  }

  /// Responds that too many requests are being served.
  private static func refuse(
    _ request: Request, _ writer: consuming ResponseWriter, _ clients: Clients
  ) async throws {
    let refusal = Refusal.requests(clients.configuration.limits.requests)
    clients.configuration.refused(
      RefusedRequest(refusal, method: request.method.rawValue, target: request.head.path ?? "-"))
    var head = HTTPResponse(
      status: HTTPResponse.Status(code: Int(refusal.status.code)),
      headerFields: HTTPFields(refusal.headers, splitCookie: false))
    // Hummingbird reads the rest of the request, and keeps the connection.
    head.headerFields[.connection] = nil
    let body = request.method == .head ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(string: refusal.text))
    try await writer.write(response: head, body: body)
  }
}
