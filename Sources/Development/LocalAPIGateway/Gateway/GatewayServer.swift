internal import Foundation
internal import HTTPTypes
internal import LocalServer
internal import Platform
internal import SAMTemplate

/// Connects the gateway to its HTTP server, and logs each request.
struct GatewayServer: Responder {
  let gateway: Gateway
  let log: @Sendable (GatewayLogEntry) -> Void

  let maximumBodySize = API.maximumBodySize

  func respond(to request: BufferedRequest) async throws -> BufferedResponse {
    var received = ClientRequest(request)
    let outcome: Gateway.Outcome
    do throws(BodyError) {
      received.body = try request.body
      outcome = await gateway.respond(to: received)
    } catch .tooLarge {
      outcome = gateway.refuseTooLarge(received)
    }
    log(
      .request(
        AccessLogEntry(
          method: received.method, path: received.path, integration: outcome.integration,
          status: outcome.response.status, batchStatus: outcome.batchStatus,
          time: request.arrival.duration(to: .now), integrationTime: outcome.integrationTime, cause: outcome.cause)))
    var response = outcome.response
    // These are the server's own.
    for name in [HTTPField.Name.contentLength, .transferEncoding, .connection] { response.headers[name] = nil }
    return response
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
  fileprivate init(_ request: BufferedRequest) {
    let target = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    self.init(
      id: UUID().uuidString.lowercased(),
      extendedID: Data(UUID().uuidString.utf8.prefix(11)).base64EncodedString(),
      time: WallClock.system.now - request.arrival.duration(to: .now),
      method: request.method,
      path: String(target[0]),
      query: target.count > 1 ? String(target[1]) : nil,
      host: request.host ?? "127.0.0.1",
      headers: request.headers,
      body: [],
      sourceIP: request.clientAddress)
  }
}
