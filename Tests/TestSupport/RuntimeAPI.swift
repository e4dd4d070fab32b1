/// A stand-in for Lambda's Runtime API, version 2018-06-01: delivers events in turn and collects the posts.
///
/// Once there are no more events, `/next` stays open, as in Lambda. See
/// [Using the Lambda runtime API](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
package final class RuntimeAPI: Sendable {
  /// A post from the function.
  package struct Post: Sendable {
    /// The kinds of post.
    package enum Kind: Sendable {
      /// An invocation's response.
      case response
      /// An invocation's error.
      case error
      /// An init error.
      case initError
    }

    /// The kind of post.
    package let kind: Kind
    /// The request id in its path; nil for an init error.
    package let requestID: String?
    /// The complete request.
    package let request: ScriptedServer.Request
    /// The deadline in the event's header, in milliseconds since the Unix epoch.
    package let deadline: Int

    /// Whether it came before the deadline. The function has half a second for it, which `TimeFactor` scales.
    package var isInTime: Bool { request.receivedAt < deadline + TimeFactor.milliseconds(500) - 500 }
  }

  private struct State {
    var waiting: [Event]
    var given: [(event: Event, deadline: Int)] = []
    var posts: [Post] = []
    var polls = 0
    var idle = false
    var ended = false
  }

  private let state: Monitor<State>
  private let server: ScriptedServer

  /// An API that delivers these events, one per call of `/next`.
  package init(_ events: [Event]) throws {
    let state = Monitor(State(waiting: events))
    self.state = state
    self.server = try ScriptedServer { Self.reply(to: $0, state) }
  }

  /// The value of `AWS_LAMBDA_RUNTIME_API`.
  package var authority: String { server.authority }
  /// All posts so far, in order.
  package var posts: [Post] { state.withLock { $0.posts } }
  /// The number of calls of `/next` so far.
  package var polls: Int { state.withLock { $0.polls } }
  /// Every request so far, in order.
  package var requests: [ScriptedServer.Request] { server.requests }

  /// Waits until the function asks for more events than there are, or has exited; false if the time runs out first.
  package func waitUntilIdle(seconds: Double) -> Bool {
    state.wait(seconds: seconds) { $0.idle || $0.ended ? true : nil } ?? false
  }

  /// Records that the function's process has exited, which ends the wait for it.
  func functionEnded() {
    state.withLock { $0.ended = true }
  }

  private static func reply(to request: ScriptedServer.Request, _ state: Monitor<State>) -> ScriptedServer.Reply {
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.first == "2018-06-01", parts.count >= 4 else { return .answer(.init(404, "{}")) }
    switch (request.method, parts[1], parts[2], parts[3]) {
    case ("GET", "runtime", "invocation", "next"):
      return next(state)
    case ("POST", "runtime", "init", "error"):
      return post(.initError, nil, request, state)
    case ("POST", "runtime", "invocation", let id) where parts.last == "response":
      return post(.response, id, request, state)
    case ("POST", "runtime", "invocation", let id) where parts.last == "error":
      return post(.error, id, request, state)
    default:
      return .answer(.init(404, "{}"))
    }
  }

  private static func next(_ state: Monitor<State>) -> ScriptedServer.Reply {
    let event = state.withLock { state -> Event? in
      state.polls += 1
      state.idle = state.waiting.isEmpty
      return state.idle ? nil : state.waiting.removeFirst()
    }
    guard let event else { return .stall }
    event.before()
    let deadline = unixMilliseconds() + event.timeout
    state.withLock { $0.given.append((event, deadline)) }
    let response = event.response(deadline: deadline)
    switch event.delivery {
    case .whole: return .answer(response)
    case .half: return .halfAnswer(response)
    case .none: return .close
    case .status(let status): return .answer(.runtimeError(status))
    }
  }

  private static func post(
    _ kind: Post.Kind, _ id: String?, _ request: ScriptedServer.Request, _ state: Monitor<State>
  ) -> ScriptedServer.Reply {
    state.withLock { state in
      let given = state.given.last { $0.event.requestID == id }
      state.posts.append(Post(kind: kind, requestID: id, request: request, deadline: given?.deadline ?? 0))
      return given?.event.postReply ?? .answer(.init(202, #"{"status":"OK"}"#))
    }
  }
}

extension ScriptedServer.Response {
  /// An error in the Runtime API's format.
  package static func runtimeError(_ status: Int) -> ScriptedServer.Response {
    .init(status, #"{"errorType":"TestError","errorMessage":"as the test wants it"}"#)
  }
}
