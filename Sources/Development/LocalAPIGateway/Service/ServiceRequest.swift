internal import HTTPTypes

/// The request of an `aws` integration to an AWS service, before it's signed.
struct ServiceRequest: Hashable, Sendable {
  /// A query parameter, its name and value as they are before they are encoded.
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
  /// The path, percent-encoded, `/` first.
  let path: String
  /// The query's parameters in their order.
  let query: [Parameter]
  /// The headers; Host and those of the signature come later.
  let headers: HTTPFields
  /// The body.
  let body: [UInt8]
  /// How long the answer may take.
  let timeout: Duration
}
