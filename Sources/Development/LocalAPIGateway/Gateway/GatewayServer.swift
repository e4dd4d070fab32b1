internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import LocalServer
internal import NIOCore
internal import Platform
internal import SAMTemplate

/// Connects the gateway to its HTTP server, and logs each request.
struct GatewayServer: RouterMiddleware {
  typealias Context = GatewayRequestContext

  let gateway: Gateway
  let log: @Sendable (GatewayLogEntry) -> Void

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let clock = ContinuousClock()
    let arrival = clock.now
    var received = ClientRequest(request.head, from: context.sourceIP, at: WallClock.system.now)
    let outcome: Gateway.Outcome
    do {
      received.body = Array(try await request.body.collect(upTo: API.maximumBodySize).readableBytesView)
      outcome = await gateway.respond(to: received)
    } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
      outcome = gateway.refuseTooLarge(received)
    }
    log(
      .request(
        AccessLogEntry(
          method: received.method, path: received.path, integration: outcome.integration,
          status: outcome.response.status, batchStatus: outcome.batchStatus, time: arrival.duration(to: clock.now),
          integrationTime: outcome.integrationTime, cause: outcome.cause)))
    return Response(outcome.response, isHead: request.method == .head)
  }
}

/// The context of a request in Hummingbird, with the client's address.
struct GatewayRequestContext: Hummingbird.RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The client's address: 127.0.0.1 or ::1.
  let sourceIP: String

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    // A client that has left has no address anymore.
    sourceIP = source.channel.remoteAddress?.ipAddress ?? "127.0.0.1"
  }
}

extension AccessLogEntry {
  /// The entry of a request that the server refused, so that the gateway never saw it.
  init(_ refused: RefusedRequest) {
    self.init(
      method: refused.method, path: refused.path, integration: nil, status: refused.status, time: .zero,
      cause: refused.reason)
  }
}

extension ClientRequest {
  /// A request without its body, with new ids.
  fileprivate init(_ head: HTTPRequest, from sourceIP: String, at time: Timestamp) {
    let target = (head.path ?? "/").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    self.init(
      id: UUID().uuidString.lowercased(),
      extendedID: Data(UUID().uuidString.utf8.prefix(11)).base64EncodedString(),
      time: time,
      method: head.method.rawValue,
      path: String(target[0]),
      query: target.count > 1 ? String(target[1]) : nil,
      host: head.authority ?? "127.0.0.1",
      headers: head.headerFields,
      body: [],
      sourceIP: sourceIP)
  }
}

extension Response {
  /// Omits the server's own headers, and a body where HTTP allows none, which would be read as the next response.
  init(_ response: BufferedResponse, isHead: Bool) {
    let hasBody = ![204, 304].contains(response.status)
    var headers = response.headers
    for name in [HTTPField.Name.contentLength, .transferEncoding, .connection] { headers[name] = nil }
    self.init(
      status: HTTPResponse.Status(code: response.status), headers: headers,
      body: hasBody ? ResponseBody(byteBuffer: ByteBuffer(bytes: response.body)) : ResponseBody())
    // The length stays that of the response to a GET.
    if isHead { self = createHeadResponse() }
  }
}
