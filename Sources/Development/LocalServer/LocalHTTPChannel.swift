internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypesHTTP1

/// Hummingbird's channel for HTTP/1, and what it leaves out of [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110) and
/// [RFC 9112](https://www.rfc-editor.org/rfc/rfc9112): see `ConnectionOptionsHandler`.
struct LocalHTTPChannel: ServerChildChannel {
  let http1: HTTP1Channel

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    http1.setup(channel: channel, logger: logger).flatMapThrowing { value in
      let pipeline = channel.pipeline.syncOperations
      // It has to see versions of HTTP, which are lost from there on.
      let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
      try pipeline.addHandler(ConnectionOptionsHandler(), position: .before(codec))
      return value
    }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async {
    await http1.handle(value: value, logger: logger)
  }
}

/// Does what a client asks for about its connection: sends 100 (Continue) to one that waits with its body, and has a
/// connection end whose client doesn't keep it open, as those of HTTP/1.0 don't.
private final class ConnectionOptionsHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// How many requests have come whose answers have not been written.
  private var unanswered = 0

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    unanswered += 1
    // Hummingbird ends a connection for just this word, and doesn't see the version.
    if !head.isKeepAlive { head.headers.replaceOrAdd(name: "Connection", value: "close") }
    let isWaiting = head.headers[canonicalForm: "Expect"].contains { $0.lowercased() == "100-continue" }
    // Within a pipeline it would come before the answers to other requests.
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
