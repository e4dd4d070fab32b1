internal import LocalLambda
internal import SAMTemplate

/// An `aws_proxy` integration: the whole request goes to a function as an event, and its answer to the client.
struct ProxyIntegration: Sendable {
  /// The function.
  let function: LocalFunction
  /// The version of the events and answers of an HTTP API; the other kinds have one each.
  let payloadFormat: PayloadFormatVersion
  /// How long the caller waits at most.
  let timeout: Duration

  /// Invokes the function with a request.
  ///
  /// When the time limit passes first, the caller gets the timeout and the function goes on to its own end, as in AWS:
  /// its process stays busy until then.
  /// - Throws: what the caller gets from the gateway instead, when there is no answer or it is no proxy response.
  func respond(to routed: RoutedRequest, traceID: TraceID) async throws(GatewayFailure) -> BufferedResponse {
    let event = Self.event(for: routed, payloadFormat: payloadFormat, traceID: traceID)
    let payload: [UInt8]
    do throws(ProxyFailure) { payload = try await answer(to: event, traceID: traceID) } catch {
      throw error.failure(of: routed.api.kind)
    }
    return try Self.response(to: routed, payloadFormat: payloadFormat, payload: payload)
  }

  /// The event that a request makes.
  static func event(
    for routed: RoutedRequest, payloadFormat: PayloadFormatVersion, traceID: TraceID
  ) -> [UInt8] {
    ProxyEvent(routed: routed, format: PayloadFormat(routed.api.kind, payloadFormat), traceID: traceID).bytes
  }

  /// The response that a function's payload makes.
  /// - Throws: what the caller gets instead, when the payload is no proxy response.
  static func response(
    to routed: RoutedRequest, payloadFormat: PayloadFormatVersion, payload: [UInt8]
  ) throws(GatewayFailure) -> BufferedResponse {
    let format = PayloadFormat(routed.api.kind, payloadFormat)
    do throws(ProxyFailure) { return try ProxyResponse(payload, format).response(to: routed, format) } catch {
      throw error.failure(of: routed.api.kind)
    }
  }

  /// The payload that the function posts within the time limit.
  private func answer(to event: [UInt8], traceID: TraceID) async throws(ProxyFailure) -> [UInt8] {
    do {
      guard let invocation = try await function.invoke(event: event, traceID: traceID, waitingAtMost: timeout) else {
        throw ProxyFailure.timeout
      }
      switch invocation.outcome {
      case .response(let payload): return payload
      case .functionError(let error): throw ProxyFailure.functionError("\(error)")
      }
    } catch let failure as ProxyFailure {
      throw failure
    } catch let error as LocalFunctionError {
      switch error {
      case .throttled: throw .throttled("\(error)")
      case .eventTooLarge: throw .eventTooLarge("\(error)")
      case .notBuilt, .notSpawned: throw .functionError("\(error)")
      }
    } catch {
      throw .cancelled
    }
  }
}
