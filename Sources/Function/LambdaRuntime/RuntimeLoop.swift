internal import Glibc
package import Platform

/// Handles one invocation after the other until the Runtime API fails.
///
/// Lambda gives a process one invocation at a time, so the loop blocks, on one thread. See
/// [Building a custom runtime](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html). On a managed instance it
/// gives it as many as `AWS_LAMBDA_MAX_CONCURRENCY` says, so there are as many such loops, each on its own thread, with
/// its own connections.
package struct RuntimeLoop: Sendable {
  /// A function that handles an invocation. It can't fail: even a malformed event has a result.
  package typealias Handler = (Invocation) -> InvocationResult

  /// The number of consecutive failures after which the process exits, or a response is given up.
  private static let maximumAttempts = 5
  /// The pause after the first failure; it doubles with each further failure.
  private static let firstPause = Duration.milliseconds(50)
  private static let longestPause = Duration.seconds(1)

  let endpoint: String
  private let maximumConcurrency: String?
  let userAgent: String
  let clock: WallClock
  private let logger: Logger

  /// A loop on the Runtime API.
  ///
  /// - Parameters:
  ///   - endpoint: its `host:port`, the format of `AWS_LAMBDA_RUNTIME_API`.
  ///   - maximumConcurrency: the value of `AWS_LAMBDA_MAX_CONCURRENCY`, the number of loops; nil for one.
  package init(
    endpoint: String, maximumConcurrency: String? = nil, userAgent: String, clock: WallClock, logger: Logger
  ) {
    self.endpoint = endpoint
    self.maximumConcurrency = maximumConcurrency
    self.userAgent = userAgent
    self.clock = clock
    self.logger = logger
  }

  /// Makes the handler of each loop and runs it on the invocations; returns the process's exit status, which is never zero.
  ///
  /// An error that the first `makeHandler` throws is posted as an init error, and one of `passSnapshot` as a restore
  /// error. If one of several loops fails, the process exits when the others have posted their responses.
  ///
  /// - Parameter makeHandler: makes a handler that one thread uses. Its argument says whether it is the first one's.
  package func run(_ makeHandler: @escaping @Sendable (_ isFirst: Bool) throws -> Handler) -> Int32 {
    var recent = RecentInvocations(loops: 1)
    do {
      let client = try client()
      let loops: Int
      let handler: Handler
      do {
        loops = try Self.count(maximumConcurrency)
        handler = try makeHandler(true)
      } catch {
        logger.log(LogRecord(.fatal, "The function can't start. \(error)"))
        try post("start error") { () throws(RuntimeError) in try client.failStart(error) }
        return 1
      }
      if loops > 1 {
        recent = RecentInvocations(loops: loops)
        for _ in 1..<loops {
          try Thread.start { [recent] in
            do {
              try handle(try self.client(), recent, nil, try makeHandler(false))
            } catch {
              _ = end(error, recent)
            }
          }
        }
      }
      try handle(client, recent, loops == 1 ? TraceIDVariable() : nil, handler)
    } catch {
      return end(error, recent)
    }
  }

  /// A client with connections of its own.
  private func client() throws -> RuntimeClient {
    try RuntimeClient(endpoint: endpoint, userAgent: userAgent, clock: clock)
  }

  /// The number of loops.
  private static func count(_ text: String?) throws(EnvironmentError) -> Int {
    guard let text else { return 1 }
    guard let count = Int(text), count > 0 else {
      throw EnvironmentError("AWS_LAMBDA_MAX_CONCURRENCY", "\(text.quoted) is not a number of invocations, 1 or more")
    }
    return count
  }

  /// Handles invocations until there is an error.
  ///
  /// - Parameter traceID: nil for several loops, which have one environment.
  private func handle(
    _ client: RuntimeClient, _ recent: RecentInvocations, _ traceID: TraceIDVariable?, _ handler: Handler
  ) throws -> Never {
    while true {
      if recent.isDraining { recent.waitForExit() }
      guard let invocation = try next(client) else { continue }
      traceID?.set(invocation.traceID)
      // Even if the first post failed: handling the event again could submit a second job.
      let earlier = recent.begin(invocation)
      let result = earlier?.again() ?? handler(invocation)
      defer {
        logger.log(result.record, requestID: invocation.requestID)
        recent.end(invocation, keeping: earlier == nil ? result : nil)
      }
      try post("response", requestID: invocation.requestID) { () throws(RuntimeError) in
        try client.post(result, to: invocation)
      }
    }
  }

  /// Logs why a loop has ended, and returns the exit status. With several loops, ends the process when the others have
  /// posted their responses.
  private func end(_ error: any Error, _ recent: RecentInvocations) -> Int32 {
    guard recent.startDraining() else { recent.waitForExit() }
    logger.log(
      LogRecord(.fatal, "The Runtime API at \(endpoint.redactingUserInfo) failed: \(error). The process exits."))
    if recent.loops == 1 { return 1 }
    recent.drain()
    // Exit handlers would free what the other loops still use.
    _exit(1)
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
