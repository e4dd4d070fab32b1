internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypesHTTP1

/// Hummingbird's HTTP/1 channel, with the parts of [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110) and
/// [RFC 9112](https://www.rfc-editor.org/rfc/rfc9112) that it leaves out: see `ConnectionOptionsHandler`.
struct LocalHTTPChannel: ServerChildChannel {
  let http1: HTTP1Channel

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    http1.setup(channel: channel, logger: logger).flatMapThrowing { value in
      let pipeline = channel.pipeline.syncOperations
      // The handler needs the HTTP version, which the codec drops.
      let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
      try pipeline.addHandler(ConnectionOptionsHandler(), position: .before(codec))
      return value
    }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async {
    await http1.handle(value: value, logger: logger)
  }
}

/// Handles what a client asks of its connection: sends 100 (Continue) to a client that waits before it sends its body,
/// and closes the connection of a client that doesn't keep it open, as HTTP/1.0 clients don't.
private final class ConnectionOptionsHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// The number of requests whose responses have not been written yet.
  private var unanswered = 0

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    unanswered += 1
    // Hummingbird closes a connection only for this header; it doesn't look at the version.
    if !head.isKeepAlive { head.headers.replaceOrAdd(name: "Connection", value: "close") }
    let isWaiting = head.headers[canonicalForm: "Expect"].contains { $0.lowercased() == "100-continue" }
    // In a pipeline, it would precede the responses to earlier requests.
    if isWaiting, head.version == .http1_1, unanswered == 1 {
      context.writeAndFlush(
        wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
    context.write(data, promise: promise)
  }
}
