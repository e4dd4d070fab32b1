import Foundation
import JSONTree
import LocalLambda
import Platform
import SAMTemplate

@testable import LocalAPIGateway

/// The request of the [captures](https://github.com/hotsock/voker/tree/main/vokerhttp/testdata) that the expected
/// events follow: an encoded path, a tricky query, repeated headers, two cookies, a body.
extension ClientRequest {
  static let capture = ClientRequest(
    id: "7c2af7db-31f3-42b5-8a6d-9ffc74e3b9e0", extendedID: "ATfSdF7nPHcErRA=",
    time: Timestamp(milliseconds: 1_783_711_144_836), method: "POST", path: "/capture/space%20value",
    query: "repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa%2Fb&literalPlus=a+b&encodedPlus=a%2Bb&empty=",
    host: "localhost:3000",
    headers: [
      ("user-agent", "curl/8.7.1"), ("accept", "*/*"), ("content-type", "application/json"),
      ("cookie", "session=abc123; theme=dark"), ("x-voker-probe", "first"), ("x-voker-probe", "second"),
      ("content-length", "13"), ("connection", "keep-alive"),
    ],
    body: Array(#"{"λ":"é\n"}"#.utf8), sourceIP: "127.0.0.1")

  /// An edited copy of the capture.
  static func capture(_ edit: (inout ClientRequest) -> Void) -> ClientRequest {
    var request = capture
    edit(&request)
    return request
  }
}

extension APIDefinition {
  /// An API with the id `5h7pqvr9u4`, in us-west-2.
  static func example(_ kind: APIKind, stage: String = "$default", binaryMediaTypes: [String] = []) -> APIDefinition {
    APIDefinition(
      logicalID: "Example", kind: kind, id: "5h7pqvr9u4", region: "us-west-2", stage: stage,
      binaryMediaTypes: binaryMediaTypes)
  }
}

extension RoutedRequest {
  /// A request on a route of an API, with path parameters in the form of its kind. A nil path is the `$default` route.
  static func on(
    _ path: String?, method: String? = "POST", of api: APIDefinition, _ request: ClientRequest = .capture
  ) -> RoutedRequest {
    let template = path.flatMap { PathTemplate($0) }
    let delivered = api.kind == .rest ? request.path : request.path.removingPercentEncoding ?? request.path
    let segments = delivered.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    return RoutedRequest(
      request: request, api: api, method: method, path: template,
      pathParameters: template?.match(Array(segments)) ?? [])
  }

  /// The event that an integration makes from it.
  func event(_ format: PayloadFormatVersion = .v2) throws -> JSON {
    let traceID = TraceID(at: Timestamp(milliseconds: 1_783_711_144_836))
    let text = String(
      decoding: ProxyIntegration.event(for: self, payloadFormat: format, traceID: traceID), as: UTF8.self)
    return try JSON(parsing: Array(text.replacing(traceID.root, with: "Root=1-6a5145a8-536f3e792f6be9b44c1f46fa").utf8))
  }
}
