internal import LocalLambda
internal import LocalServer
internal import SAMTemplate

extension MappedIntegration {
  /// Sends a request to an AWS service. Error responses from the service are returned, not thrown.
  typealias Sender = (ServiceRequest) async throws(GatewayFailure) -> BufferedResponse

  /// Responds to a request by calling a service once; API Gateway doesn't retry.
  func respond(
    to routed: RoutedRequest, traceID: TraceID, action: ServiceAction, send: Sender
  ) async throws(GatewayFailure) -> BufferedResponse {
    let exchange = MappedExchange(self, routed, traceID: traceID)
    return try exchange.clientResponse(for: try await send(try exchange.serviceRequest(for: action)))
  }

  /// Responds to a request without a service. The request template's output selects the response.
  func mockResponse(to routed: RoutedRequest, traceID: TraceID) throws(GatewayFailure) -> BufferedResponse {
    let exchange = MappedExchange(self, routed, traceID: traceID)
    guard let status = MockStatus(try exchange.integrationBody())?.code else {
      throw .configuration(
        "the mock integration's request has no statusCode; write a request template such as {\"statusCode\": 200}")
    }
    return try exchange.clientResponse(for: BufferedResponse(status: status))
  }
}
