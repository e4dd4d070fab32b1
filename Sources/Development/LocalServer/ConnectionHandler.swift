internal import NIOCore
internal import NIOHTTP1

/// Applies the rules of one connection, ahead of `Connection`: who may send requests, how long they may take, and when
/// it is closed. See [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110) and
/// [RFC 9112](https://www.rfc-editor.org/rfc/rfc9112).
///
/// - It sends 100 (Continue) to a client that waits before it sends its body.
/// - It tells a client with which request the connection ends, and one of HTTP/1.0 that it stays open.
/// - A refused request doesn't reach `Connection`. It gets its response in its turn, and ends the connection.
/// - Once the server stops, it closes the connection after the responses to the requests that have arrived.
final class ConnectionHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private let clients: Clients

  /// The requests whose responses have not been written yet, oldest first: the `Connection` header of each response, if
  /// it needs one.
  private var unanswered = CircularBuffer<String?>()
  /// Whether the last request's body is still arriving.
  private var isReceiving = false
  /// Whether the response to the first of these requests has begun.
  private var isResponding = false
  /// The last request that was passed on.
  private var last: (method: HTTPMethod, target: String)?
  /// Whether the connection ends with this request.
  private var isLast = false

  /// Set once the connection is to end, with this response.
  private var ending: (refusal: Refusal, hasBody: Bool)?
  private var isEnded = false
  /// Whether the server is stopping.
  private var isStopping = false

  /// When the connection last changed its state.
  private var since = NIODeadline.now()
  private var timer: (deadline: NIODeadline, task: Scheduled<Void>)?

  /// - Parameter isRefused: whether the server has too many connections already.
  init(_ clients: Clients, isRefused: Bool) {
    self.clients = clients
    if isRefused { ending = (.connections(clients.configuration.limits.connections), hasBody: true) }
  }

  func channelActive(context: ChannelHandlerContext) {
    since = .now()
    if let ending {
      clients.configuration.refused(RefusedRequest(ending.refusal))
      end(context)
    }
    watch(context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.task.cancel()
    timer = nil
    context.fireChannelInactive()
  }

  // MARK: Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    // What follows the last request, or a refused one, is read and dropped, or else the client might not get the
    // response.
    if ending != nil || (isLast && !isReceiving) { return }
    switch unwrapInboundIn(data) {
    case .head(let head): read(head, context)
    case .body: context.fireChannelRead(data)
    case .end:
      isReceiving = false
      context.fireChannelRead(data)
    }
  }

  private func read(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    since = .now()
    if let refusal = clients.configuration.admission.refusal(of: head) {
      return refuse(refusal, method: head.method, target: head.uri, context)
    }
    isLast = !head.allowsAnother
    unanswered.append(isLast ? "close" : head.version == .http1_0 ? "keep-alive" : nil)
    isReceiving = true
    last = (head.method, head.uri)
    let isWaiting = head.headers[canonicalForm: "Expect"].contains { $0.lowercased() == "100-continue" }
    // In a pipeline, it would precede the responses to earlier requests.
    if isWaiting, head.version == .http1_1, unanswered.count == 1 {
      context.writeAndFlush(
        wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    watch(context)
    context.fireChannelReadComplete()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
    isStopping = true
    if unanswered.isEmpty { context.close(promise: nil) }
  }

  // MARK: Responses

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if isEnded {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(var head):
      isResponding = true
      if let value = unanswered.first ?? nil { head.headers.replaceOrAdd(name: "Connection", value: value) }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body: context.write(data, promise: promise)
    case .end:
      // Nothing was waiting if the response is to something that isn't a request.
      _ = unanswered.popFirst()
      isResponding = false
      since = .now()
      context.write(data, promise: promise)
      if unanswered.isEmpty {
        if ending != nil { end(context) }
        if isStopping {
          context.flush()
          context.close(promise: nil)
        }
      }
      watch(context)
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    since = .now()
    watch(context)
    context.fireChannelWritabilityChanged()
  }

  // MARK: Refusals

  /// Ends the connection with a refusal, after the responses to the requests before it.
  private func refuse(_ refusal: Refusal, method: HTTPMethod, target: String, _ context: ChannelHandlerContext) {
    clients.configuration.refused(RefusedRequest(refusal, method: method.rawValue, target: target))
    ending = (refusal, hasBody: method != .HEAD)
    if unanswered.isEmpty { end(context) }
  }

  private func end(_ context: ChannelHandlerContext) {
    guard let ending, !isEnded else { return }
    isEnded = true
    since = .now()
    let head = HTTPResponseHead(
      version: .http1_1, status: ending.refusal.status, headers: ending.refusal.headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if ending.hasBody {
      context.write(
        wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(string: ending.refusal.text)))),
        promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    // To close the input as well would send a reset if the client is still sending, and lose the response.
    context.close(mode: .output, promise: nil)
  }

  // MARK: Time limits

  /// How long a client that has its last response may go on sending.
  private static let lingering = TimeAmount.seconds(1)

  /// The longest time for the state in which the connection is; nil while the server is at work.
  private func limit(_ context: ChannelHandlerContext) -> TimeAmount? {
    let limits = clients.configuration.limits
    if isEnded { return Self.lingering }
    let isTransferring = !context.channel.isWritable || (isReceiving && unanswered.count == 1)
    if isTransferring { return limits.transfer.map { TimeAmount($0) } }
    // The first bytes of a head don't get here, so they don't extend the time.
    return unanswered.isEmpty ? limits.idle.map { TimeAmount($0) } : nil
  }

  /// Schedules a check for the end of the time limit. A timer that goes off too early is set again only then, because
  /// most requests take much less time than any limit.
  private func watch(_ context: ChannelHandlerContext) {
    guard let limit = limit(context), context.channel.isActive else { return }
    let deadline = since + limit
    if let timer {
      if timer.deadline <= deadline { return }
      timer.task.cancel()
    }
    let handler = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let task = context.eventLoop.scheduleTask(deadline: deadline) {
      let (handler, context) = handler.value
      handler.timer = nil
      handler.check(context)
    }
    timer = (deadline, task)
  }

  /// Ends the connection if it has been in its state for too long.
  private func check(_ context: ChannelHandlerContext) {
    guard let limit = limit(context) else { return }
    guard since + limit <= .now() else { return watch(context) }
    guard isReceiving, !isEnded, !isResponding, let last, let transfer = clients.configuration.limits.transfer else {
      context.close(promise: nil)
      return
    }
    unanswered.removeAll()
    refuse(.slow(transfer), method: last.method, target: last.target, context)
    watch(context)
  }
}
