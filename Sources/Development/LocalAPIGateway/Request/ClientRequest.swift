internal import Foundation
internal import HTTPTypes
internal import Platform
internal import SAMTemplate

/// A request as a client sent it to the gateway.
struct ClientRequest: Sendable {
  /// The request's id, a UUID: `$context.requestId`, and `requestContext.requestId` of a REST API.
  var id: String
  /// API Gateway's additional id of 16 characters: `x-amz-apigw-id`, `$context.extendedRequestId`, and the request id
  /// of an HTTP API.
  var extendedID: String
  /// The time of arrival.
  var time: Timestamp
  /// The method, in upper case.
  var method: String
  /// The path as sent: percent-encoded, with a leading `/`, without the query.
  var path: String
  /// The query as sent, without the `?`; nil without a query.
  var query: String?
  /// The value of the Host header.
  var host: String
  /// The header fields, in order, without Host.
  var headers: HTTPFields
  /// The body; empty if the request has none.
  var body: [UInt8]
  /// The client's address.
  var sourceIP: String
  /// The sender, if IAM authorization has identified it; nil for a request over HTTP, whose signature isn't checked.
  var user: IAMUser?

  /// The decoded path. One with an invalid percent-escape is left as sent.
  var decodedPath: String { path.removingPercentEncoding ?? path }

  /// The last value of a header, which is the one that a REST API uses.
  func header(_ name: String) -> String? {
    HTTPField.Name(name).flatMap { headers[values: $0].last }
  }
}

/// A request with its route.
struct RoutedRequest: Sendable {
  /// The name and value of a path parameter.
  typealias PathParameter = (name: String, value: String)

  let request: ClientRequest
  let api: APIDefinition
  /// The route's method; nil for ANY.
  let method: String?
  /// The route's path; nil for `$default`.
  let path: PathTemplate?
  /// The path parameters; values are still percent-encoded in a REST API, and decoded in an HTTP API.
  let pathParameters: [PathParameter]

  /// The route key, as in `POST /jobs/{jobQueue}` or `$default`.
  var routeKey: String { PathTemplate.key(method, path) }

  /// The data of `$context` for the request.
  var context: RequestContext {
    RequestContext(request: request, api: api, resourcePath: path?.description ?? "")
  }
}
