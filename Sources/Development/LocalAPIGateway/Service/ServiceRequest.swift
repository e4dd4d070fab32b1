internal import HTTPTypes

/// The unsigned request of an `aws` integration to an AWS service.
struct ServiceRequest: Hashable, Sendable {
  /// A query parameter, with its name and value unencoded.
  struct Parameter: Hashable, Sendable {
    let name: String
    let value: String
  }

  /// The service's name, such as `batch`.
  let service: String
  /// The region.
  let region: String
  /// The method.
  let method: String
  /// The path: percent-encoded, with a leading `/`.
  let path: String
  /// The query's parameters, in order.
  let query: [Parameter]
  /// The headers, without Host and those of the signature.
  let headers: HTTPFields
  /// The body.
  let body: [UInt8]
  /// The time limit for the response.
  let timeout: Duration
}
