internal import Foundation
internal import HTTPTypes
internal import LocalServer
internal import Platform

extension LocalGateway {
  /// A request that comes with its sender's identity instead of a signature.
  package struct IdentifiedRequest: Sendable {
    /// The method, in upper case.
    package var method: String
    /// The path, percent-encoded, without a query.
    package var path: String
    /// The body, which is JSON; empty for none.
    package var body: [UInt8]
    /// The sender.
    package var user: IAMUser

    /// A request.
    package init(_ method: String, _ path: String, body: [UInt8] = [], from user: IAMUser) {
      self.method = method
      self.path = path
      self.body = body
      self.user = user
    }
  }
}

extension LocalGateway.Running {
  /// Responds to a request in process, as API Gateway does once IAM authorization has identified its sender.
  ///
  /// The identity reaches the integration only if the route has IAM authorization: otherwise, API Gateway doesn't look
  /// at signatures.
  package func respond(to request: LocalGateway.IdentifiedRequest) async -> (status: Int, body: [UInt8]) {
    var headers = HTTPFields()
    if !request.body.isEmpty { headers[.contentType] = "application/json" }
    let id = UUID().uuidString.lowercased()
    let outcome = await gateway.respond(
      to: ClientRequest(
        id: id, extendedID: Data(id.utf8.prefix(11)).base64EncodedString(), time: WallClock.system.now,
        method: request.method, path: request.path, query: nil, host: "127.0.0.1:\(port)", headers: headers,
        body: request.body, sourceIP: "127.0.0.1", user: request.user))
    return (outcome.response.status, outcome.response.body)
  }
}
