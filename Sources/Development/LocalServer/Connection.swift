internal import Glibc
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1

/// A client's connection: it has the requests responded to, one after the other.
struct Connection: Sendable {
  typealias Channel = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>
  private typealias Requests = NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator
  private typealias Responses = NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>

  private let channel: Channel
  private let clients: Clients
  private let responder: any Responder
  private let clientAddress: String

  init(_ channel: Channel, _ clients: Clients, _ responder: any Responder) {
    (self.channel, self.clients, self.responder) = (channel, clients, responder)
    // A client that has left has no address anymore.
    clientAddress = channel.channel.remoteAddress?.ipAddress ?? "127.0.0.1"
  }

  /// Serves the connection until it is closed. If the task is cancelled, no further request is read.
  func serve() async {
    // An error means that the client has left.
    try? await withTaskCancellationHandler {
      try await channel.executeThenClose { requests, responses in
        var requests = requests.makeAsyncIterator()
        do {
          while case .head(let head)? = try await requests.next() {
            guard try await serve(head, &requests, responses) else { break }
          }
        } catch is HTTPParserError {
          try await responses.write(contentsOf: Self.badRequest)
        }
        // The client closes the connection, or `ConnectionHandler` does after a while.
        responses.finish()
        try await channel.channel.closeFuture.get()
      }
    } onCancel: {
      channel.channel.close(mode: .input, promise: nil)
    }
  }

  /// Responds to one request. Returns false if there can't be another on this connection.
  private func serve(
    _ head: HTTPRequestHead, _ requests: inout Requests, _ responses: Responses
  ) async throws -> Bool {
    let arrival = ContinuousClock.now
    let isCounted = clients.addRequest()
    // A client may leave meanwhile: the request counts until its work is done.
    defer { if isCounted { clients.removeRequest() } }
    let body = await body(&requests, limit: isCounted ? responder.maximumBodySize : 0)
    guard isCounted else {
      try await responses.write(contentsOf: parts(of: tooManyRequests(head), to: head))
      return head.allowsAnother
    }
    let request = BufferedRequest(head, body: body, clientAddress: clientAddress, arrival: arrival)
    let response: BufferedResponse
    do {
      response = try await responder.respond(to: request)
    } catch is LostResponse {
      try await channel.channel.close()
      return false
    } catch BodyError.truncated {
      try await responses.write(contentsOf: Self.badRequest)
      return false
    } catch BodyError.tooLarge {
      response = BufferedResponse(status: 413)
    } catch {
      response = BufferedResponse(status: 500)
    }
    try await responses.write(contentsOf: parts(of: response, to: head))
    return head.allowsAnother
  }

  /// Reads a request's body to its end, so that the next request can be read.
  private func body(_ requests: inout Requests, limit: Int) async -> Result<[UInt8], BodyError> {
    var (bytes, size) = ([UInt8](), 0)
    do {
      while let part = try await requests.next() {
        switch part {
        case .head: return .failure(.truncated)
        case .body(let buffer):
          size += buffer.readableBytes
          if size <= limit { bytes += buffer.readableBytesView } else { bytes = [] }
        case .end: return size <= limit ? .success(bytes) : .failure(.tooLarge(size))
        }
      }
    } catch {
      // Whatever ended the connection: the rest doesn't come.
    }
    return .failure(.truncated)
  }

  private func tooManyRequests(_ head: HTTPRequestHead) -> BufferedResponse {
    let refusal = Refusal.requests(clients.configuration.limits.requests)
    clients.configuration.refused(RefusedRequest(refusal, method: head.method.rawValue, target: head.uri))
    var response = BufferedResponse(status: Int(refusal.status.code), body: Array(refusal.text.utf8))
    // The connection stays.
    for (name, value) in refusal.headers where name != "Connection" { response.headers.add(name, value) }
    return response
  }

  /// What is sent for a response.
  private func parts(of response: BufferedResponse, to request: HTTPRequestHead) -> [HTTPServerResponsePart] {
    let status = HTTPResponseStatus(statusCode: response.status)
    var headers = HTTPHeaders(response.headers.map { ($0.name.rawName, $0.value) })
    headers.replaceOrAdd(name: "Content-Length", value: String(response.body.count))
    headers.replaceOrAdd(name: "Date", value: Self.date)
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    // Where HTTP has no body, the client would read it as the next response.
    guard request.method != .HEAD, status.mayHaveResponseBody else { return [.head(head), .end(nil)] }
    return [.head(head), .body(.byteBuffer(ByteBuffer(bytes: response.body))), .end(nil)]
  }

  /// The response to what isn't HTTP.
  private static let badRequest: [HTTPServerResponsePart] = [
    .head(
      HTTPResponseHead(
        version: .http1_1, status: .badRequest, headers: ["Connection": "close", "Content-Length": "0"])),
    .end(nil),
  ]

  /// The current time as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
  private static var date: String {
    var (now, fields) = (time(nil), tm())
    gmtime_r(&now, &fields)
    return String(unsafeUninitializedCapacity: 30) {
      $0.withMemoryRebound(to: CChar.self) { strftime($0.baseAddress, $0.count, "%a, %d %b %Y %H:%M:%S GMT", &fields) }
    }
  }
}

extension HTTPRequestHead {
  /// Whether another request may follow on the connection. NIO's parser reads none after CONNECT, nor after an offer to
  /// switch protocols, such as Java's client makes, which the server declines.
  var allowsAnother: Bool { isKeepAlive && method != .CONNECT && !headers.contains(name: "Upgrade") }
}
