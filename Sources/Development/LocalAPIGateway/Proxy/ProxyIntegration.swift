internal import LocalLambda
internal import LocalServer
internal import SAMTemplate

/// An `aws_proxy` integration: the whole request goes to a function as an event, whose response goes to the client.
struct ProxyIntegration: Sendable {
  /// The function.
  let function: LocalFunction
  /// The payload format version of an HTTP API; the other kinds have only one.
  let payloadFormat: PayloadFormatVersion
  /// The longest time that the client waits.
  let timeout: Duration

  /// Invokes the function with a request.
  ///
  /// If the time limit passes, the client gets a timeout and the function continues, as in AWS. Its process stays busy
  /// until it ends.
  /// - Throws: the gateway's failure, if the response is missing or isn't a proxy response.
  func respond(to routed: RoutedRequest, traceID: TraceID) async throws(GatewayFailure) -> BufferedResponse {
    let event = Self.event(for: routed, payloadFormat: payloadFormat, traceID: traceID)
    let payload: [UInt8]
    do throws(ProxyFailure) { payload = try await result(of: event, traceID: traceID) } catch {
      throw error.failure(of: routed.api.kind)
    }
    return try Self.response(to: routed, payloadFormat: payloadFormat, payload: payload)
  }

  /// The event for a request.
  static func event(
    for routed: RoutedRequest, payloadFormat: PayloadFormatVersion, traceID: TraceID
  ) -> [UInt8] {
    ProxyEvent(routed: routed, format: PayloadFormat(routed.api.kind, payloadFormat), traceID: traceID).bytes
  }

  /// The response for a function's payload.
  /// - Throws: the gateway's failure, if the payload isn't a proxy response.
  static func response(
    to routed: RoutedRequest, payloadFormat: PayloadFormatVersion, payload: [UInt8]
  ) throws(GatewayFailure) -> BufferedResponse {
    let format = PayloadFormat(routed.api.kind, payloadFormat)
    do throws(ProxyFailure) { return try ProxyResponse(payload, format).response(to: routed, format) } catch {
      throw error.failure(of: routed.api.kind)
    }
  }

  /// The payload that the function returns within the time limit.
  private func result(of event: [UInt8], traceID: TraceID) async throws(ProxyFailure) -> [UInt8] {
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
