import Foundation
import HTTPTypes
import LocalLambda
import LocalServer
import Platform
import SAMTemplate
import VelocityTemplate

@testable import LocalAPIGateway

/// A request to an API with an `aws` or `mock` integration.
struct Exchange {
  var method = "POST"
  var path = "/jobs/my%20queue"
  var query: String?
  var headers: HTTPFields = []
  var body = ""
  var bytes: [UInt8]?
  var binaryMediaTypes: [String] = []
  var stageVariables: [String: String] = [:]
  var integration = MappedIntegration()

  static let traceID = TraceID(at: Timestamp(milliseconds: 1_428_582_896_000))
  static let action = ServiceAction(method: "POST", service: "batch", region: "us-east-1", path: "/v1/submitjob")

  var routed: RoutedRequest {
    let request = ClientRequest(
      id: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef", extendedID: "PnVvTEVsoAMFz5Q=",
      time: Timestamp(milliseconds: 1_428_582_896_000), method: method, path: path, query: query,
      host: "127.0.0.1:3000", headers: headers, body: bytes ?? Array(body.utf8), sourceIP: "203.0.113.7")
    let api = APIDefinition(
      logicalID: "Api", kind: .rest, id: "abcde12345", region: "us-east-1", stage: "prod",
      stageVariables: stageVariables, binaryMediaTypes: binaryMediaTypes)
    let value = path.split(separator: "/").dropFirst().joined(separator: "/")
    return RoutedRequest(
      request: request, api: api, method: nil, path: PathTemplate("/jobs/{queue}"), pathParameters: [("queue", value)])
  }

  var exchange: MappedExchange { MappedExchange(integration, routed, traceID: Self.traceID) }

  /// A mapping template's output for the request's body.
  func evaluate(_ source: String) throws -> String {
    let exchange = exchange
    return try MappingTemplate(source).evaluate(
      body: body, parameters: exchange.values.parameters, context: exchange.values.context)
  }

  /// The request that the integration sends.
  func request(for action: ServiceAction = action) throws(GatewayFailure) -> ServiceRequest {
    try exchange.serviceRequest(for: action)
  }

  /// The response mapped from a service's, with the request that the service got.
  func response(to answer: BufferedResponse) async throws -> BufferedResponse {
    try await integration.respond(to: routed, traceID: Self.traceID, action: Self.action) { _ in answer }
  }
}

extension MappedIntegration {
  /// Sets a request template, by default for JSON.
  mutating func setTemplate(_ source: String, for contentType: String = "application/json") throws {
    requestTemplates[contentType] = try MappingTemplate(source)
  }

  /// Adds a response, and declares its status for the method.
  mutating func addResponse(
    _ pattern: String? = nil, status: Int = 200, _ parameters: KeyValuePairs<String, String> = [:],
    templates: KeyValuePairs<String, String> = [:], _ contentHandling: ContentHandling? = nil
  ) throws {
    methodResponses.insert(status)
    responses.append(
      try IntegrationResponse(
        pattern: pattern, status: status,
        parameters: parameters.map { ("method.response.header.\($0.key)", $0.value) },
        templates: try templates.map { ($0.key, try MappingTemplate($0.value)) }, contentHandling: contentHandling))
  }
}

extension ServiceRequest {
  func header(_ name: String) -> String? { headers.values(name).first }
  var text: String { String(decoding: body, as: UTF8.self) }
}

extension BufferedResponse {
  func header(_ name: String) -> String? { headers.values(name).first }
  var text: String { String(decoding: body, as: UTF8.self) }
}
