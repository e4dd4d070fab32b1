internal import Foundation
internal import HTTPTypes
internal import LocalLambda
internal import LocalServer
internal import Platform
internal import SAMTemplate

/// Routes and checks requests, and responds with the integration's response or a failure of its own.
struct Gateway: Sendable {
  /// A response, with details for the log.
  struct Outcome: Sendable {
    var response: BufferedResponse
    /// The integration's type; nil without a route.
    var integration: IntegrationKind?
    /// The status of Batch's own response to an `aws` integration; nil if there was none.
    var batchStatus: Int?
    /// How long the integration took; nil if it wasn't reached.
    var integrationTime: Duration?
    /// Why the gateway itself responded; nil if it didn't.
    var cause: String?
  }

  let routes: RouteTable
  /// The functions by their logical ids.
  let functions: [String: LocalFunction]
  let services: ServiceClient

  /// Responds to a request.
  func respond(to request: ClientRequest) async -> Outcome {
    guard let (route, routed) = routes.route(request) else {
      return preflight(request)
        ?? refuse(request, by: routes.nearest(to: request)) { $0 == .rest ? .missingAuthenticationToken : .notFound }
    }
    let clock = ContinuousClock()
    let traceID = TraceID(at: request.time, continuing: request.header("X-Amzn-Trace-Id"))
    var start: ContinuousClock.Instant?
    var batchStatus: Int?
    var outcome: Outcome
    do throws(GatewayFailure) {
      try route.validation?.check(routed)
      start = clock.now
      outcome = Outcome(
        response: try await respond(to: routed, by: route.integration, traceID: traceID, batchStatus: &batchStatus))
    } catch {
      outcome = Outcome(
        response: error.response(routed.context, pathParameters: routed.pathParameters, traceID: traceID),
        cause: error.explanation)
    }
    outcome.integration = route.integration.kind
    outcome.batchStatus = batchStatus
    outcome.integrationTime = start?.duration(to: clock.now)
    outcome.response.identify(
      request, of: routed.api.kind,
      traceID: routed.api.kind == .rest && outcome.cause != nil ? nil : traceID.responseHeader(for: route.integration))
    outcome.response.apply(routed.api.cors, to: request)
    return outcome
  }

  /// Responds to a request that is too large to be read completely.
  func refuseTooLarge(_ request: ClientRequest) -> Outcome {
    refuse(request, by: routes.owner(of: request)) { .requestTooLarge($0) }
  }

  /// A failure's response, in the form of the API that the request belongs to.
  private func refuse(
    _ request: ClientRequest, by api: APIDefinition?, _ failure: (APIKind?) -> GatewayFailure
  ) -> Outcome {
    guard let api else {
      let failure = failure(nil)
      return Outcome(response: failure.response, cause: failure.explanation)
    }
    let failure = failure(api.kind)
    let traceID = TraceID(at: request.time, continuing: nil)
    let context = RequestContext(request: request, api: api, resourcePath: nil)
    var response = failure.response(context, pathParameters: [], traceID: traceID)
    response.identify(request, of: api.kind, traceID: api.kind == .rest ? nil : traceID.root)
    return Outcome(response: response, cause: failure.explanation)
  }

  /// The integration's response. `batchStatus` is set even if Batch's response can't be mapped.
  private func respond(
    to routed: RoutedRequest, by integration: Integration, traceID: TraceID, batchStatus: inout Int?
  ) async throws(GatewayFailure) -> BufferedResponse {
    switch integration {
    case .lambdaProxy(let name, let payloadFormat, let timeout):
      guard let function = functions[name] else { throw .configuration("the template has no function \(name)") }
      let integration = ProxyIntegration(function: function, payloadFormat: payloadFormat, timeout: timeout)
      return try await integration.respond(to: routed, traceID: traceID)
    case .service(let action, let integration):
      return try await integration.respond(to: routed, traceID: traceID, action: action) {
        (request) throws(GatewayFailure) in
        let response = try await services.send(request)
        batchStatus = response.status
        return response
      }
    case .mock(let integration): return try integration.mockResponse(to: routed, traceID: traceID)
    case .unsupported(let what): throw .configuration("not emulated: \(what)")
    }
  }
}

extension GatewayFailure {
  /// The failure's description in the log.
  fileprivate var explanation: String {
    [message, validationError, cause].compactMap { $0 }.joined(separator: ", ")
  }
}

extension TraceID {
  /// The header of a successful response; nil if the integration's has none.
  fileprivate func responseHeader(for integration: Integration) -> String? {
    switch integration {
    case .lambdaProxy: invocation
    case .service: root
    case .mock, .unsupported: nil
    }
  }
}

extension BufferedResponse {
  /// Adds the headers with which each kind of API identifies a request.
  ///
  /// - Parameter traceID: the value of `X-Amzn-Trace-Id`, which an HTTP API never sends; nil for none.
  fileprivate mutating func identify(_ request: ClientRequest, of kind: APIKind, traceID: String?) {
    let fields: [(String, String?)] =
      switch kind {
      case .rest:
        [("x-amzn-RequestId", request.id), ("x-amz-apigw-id", request.extendedID), ("X-Amzn-Trace-Id", traceID)]
      case .http: [("Apigw-Requestid", request.extendedID)]
      case .functionURL: [("x-amzn-RequestId", request.id), ("X-Amzn-Trace-Id", traceID)]
      }
    for case (let name, let value?) in fields { headers.add(name, value) }
  }
}
