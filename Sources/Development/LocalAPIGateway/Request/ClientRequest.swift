internal import Foundation
internal import HTTPTypes
internal import Platform

/// A request as a client sent it to the gateway.
struct ClientRequest: Sendable {
  /// The request's id, a UUID: `$context.requestId`, and `requestContext.requestId` of a REST API.
  var id: String
  /// The id that API Gateway gives besides, 16 characters: `x-amz-apigw-id`, `$context.extendedRequestId`, and the
  /// request id of an HTTP API.
  var extendedID: String
  /// When it arrived.
  var time: Timestamp
  /// The method, in upper case.
  var method: String
  /// The path as it was sent, percent-encoded, `/` first, without the query.
  var path: String
  /// The query as it was sent, without the `?`; nil when there was none.
  var query: String?
  /// The value of the Host header.
  var host: String
  /// The header fields in their order, without Host.
  var headers: HTTPFields
  /// The body; empty when there was none.
  var body: [UInt8]
  /// The client's address.
  var sourceIP: String

  /// The path decoded; one with a bad percent-escape stays as it was sent.
  var decodedPath: String { path.removingPercentEncoding ?? path }

  /// The value of the last header field of this name: the one a REST API takes.
  func header(_ name: String) -> String? {
    HTTPField.Name(name).flatMap { headers[values: $0].last }
  }
}
