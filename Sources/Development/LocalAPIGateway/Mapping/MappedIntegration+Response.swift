internal import LocalLambda
internal import SAMTemplate

extension MappedIntegration {
  /// What sends a request to an AWS service. A service's refusal is an answer like any other.
  typealias Sender = @Sendable (ServiceRequest) async throws(GatewayFailure) -> BufferedResponse

  /// Answers a request by calling a service, once: API Gateway doesn't try again.
  func respond(
    to routed: RoutedRequest, traceID: TraceID, action: ServiceAction, send: Sender
  ) async throws(GatewayFailure) -> BufferedResponse {
    let exchange = MappedExchange(self, routed, traceID: traceID)
    return try exchange.clientResponse(for: try await send(try exchange.serviceRequest(for: action)))
  }

  /// Answers a request by itself: the request template's output says which of the responses it is.
  func mockResponse(to routed: RoutedRequest, traceID: TraceID) throws(GatewayFailure) -> BufferedResponse {
    let exchange = MappedExchange(self, routed, traceID: traceID)
    guard let status = MockStatus(try exchange.integrationBody())?.code else {
      throw .configuration(
        "the mock integration's request has no statusCode: write a request template such as {\"statusCode\": 200}")
    }
    return try exchange.clientResponse(for: BufferedResponse(status: status))
  }
}
