package import Platform

/// Handles one invocation after the other until the Runtime API fails.
///
/// Lambda gives a process one invocation at a time, so the loop blocks, on one thread. See
/// [Building a custom runtime](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html).
package struct RuntimeLoop {
  /// A function that handles an invocation. It can't fail: even a malformed event has a result.
  package typealias Handler = (Invocation) -> InvocationResult

  /// The number of consecutive failures after which the process exits, or a response is given up.
  private static let maximumAttempts = 5
  /// The pause after the first failure; it doubles with each further failure.
  private static let firstPause = Duration.milliseconds(50)
  private static let longestPause = Duration.seconds(1)

  private let endpoint: String
  private let userAgent: String
  private let clock: WallClock
  private let logger: Logger

  /// A loop on the Runtime API at `host:port`, the format of `AWS_LAMBDA_RUNTIME_API`.
  package init(endpoint: String, userAgent: String, clock: WallClock, logger: Logger) {
    self.endpoint = endpoint
    self.userAgent = userAgent
    self.clock = clock
    self.logger = logger
  }

  /// Makes the handler and runs it on each invocation; returns the process's exit status, which is never zero.
  ///
  /// An error that `makeHandler` throws is posted as an init error.
  package func run(_ makeHandler: () throws -> Handler) -> Int32 {
    do {
      let client = try RuntimeClient(endpoint: endpoint, userAgent: userAgent, clock: clock)
      let handler: Handler
      do {
        handler = try makeHandler()
      } catch {
        logger.log(LogRecord(.fatal, "The function can't start. \(error)"))
        try post("init error") { () throws(RuntimeError) in
          try client.failInit(type: "Function.InvalidConfiguration", message: "\(error)")
        }
        return 1
      }
      let traceID = TraceIDVariable()
      var recent = RecentInvocations()
      while true {
        guard let invocation = try next(client) else { continue }
        traceID.set(invocation.traceID)
        // Even if the first post failed: handling the event again could submit a second job.
        let earlier = recent.result(of: invocation)
        let result = earlier?.again() ?? handler(invocation)
        if earlier == nil { recent.add(result, of: invocation) }
        defer { logger.log(result.record, requestID: invocation.requestID) }
        try post("response", requestID: invocation.requestID) { () throws(RuntimeError) in
          try client.post(result, to: invocation)
        }
      }
    } catch {
      logger.log(
        LogRecord(.fatal, "The Runtime API at \(endpoint.redactingUserInfo) failed: \(error). The process exits."))
      return 1
    }
  }

  /// The next invocation; nil after one that was rejected with an error.
  private func next(_ client: RuntimeClient) throws(RuntimeError) -> Invocation? {
    var attempt = 1
    while true {
      do throws(RuntimeError) {
        return try client.next()
      } catch {
        if case .noDeadline(let requestID, let invocationID) = error {
          let message = "\(error)"
          try post("error", requestID: requestID) { () throws(RuntimeError) in
            try client.fail(
              requestID: requestID, invocationID: invocationID, type: "Runtime.InvalidInvocation", message: message)
          }
          logger.log(LogRecord(.error, message), requestID: requestID)
          return nil
        }
        guard !error.isFatal, attempt < Self.maximumAttempts else { throw error }
        pause(afterAttempt: attempt)
        client.disconnect()
        attempt += 1
      }
    }
  }

  /// Makes a call that posts something. A failure is logged and given up; only status 500 is thrown.
  private func post(
    _ what: String, requestID: String? = nil, _ call: () throws(RuntimeError) -> Void
  ) throws(RuntimeError) {
    var attempt = 1
    while true {
      do throws(RuntimeError) {
        return try call()
      } catch {
        if case .transport = error, attempt < Self.maximumAttempts {
          pause(afterAttempt: attempt)
          attempt += 1
        } else {
          if error.isFatal { throw error }
          let record = LogRecord(.error, "The Runtime API did not accept the \(what): \(error)")
          return logger.log(record, requestID: requestID)
        }
      }
    }
  }

  /// Waits before a call is repeated.
  private func pause(afterAttempt attempt: Int) {
    clock.sleep(for: min(Self.firstPause * (1 << (attempt - 1)), Self.longestPause))
  }
}
