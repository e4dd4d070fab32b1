internal import Platform

/// The Runtime API's state for one process of a function: which event it has, and what it may post.
///
/// The states and their names come from AWS's
/// [Runtime Interface Emulator](https://github.com/aws/aws-lambda-runtime-interface-emulator), `core/states.go`.
actor RuntimeAPI {
  /// An event as `/next` delivers it.
  struct Event: Sendable {
    let requestID: String
    let invocationID: String
    let deadline: Timestamp
    let functionARN: String
    let traceID: String
    let payload: [UInt8]
  }

  /// The result of one event, with times as measured here.
  struct Completion: Sendable {
    /// The outcome that the process posted; nil if it posted none.
    var outcome: CompletedInvocation.Outcome?
    /// The time from delivering the event to the response, or to the end of the process.
    var duration: Duration
    /// Set if the process can't be used any more.
    var ending: Ending?
  }

  /// Why a process can't be used any more.
  enum Ending: Sendable, Equatable {
    /// It exited with this status.
    case exited(Int32)
    /// It was killed by this signal.
    case signaled(Int32)
    /// It posted an init error.
    case initError(FunctionError)
    /// It exceeded a time limit.
    case timedOut
    /// It couldn't be started, for this reason.
    case notSpawned(String)
  }

  private enum State: String {
    case started = "Started"
    case initError = "InitError"
    case ready = "Ready"
    case running = "Running"
    case responseSent = "RuntimeResponseSentState"
  }

  private let clock = ContinuousClock()
  private var state = State.started
  private var current: Event?
  private var outcome: CompletedInvocation.Outcome?
  private var postedInitError: FunctionError?
  private var ending: Ending?

  private var spawned: ContinuousClock.Instant?
  private var initialized: ContinuousClock.Instant?
  private var delivered: ContinuousClock.Instant?
  private var responded: ContinuousClock.Instant?

  private var poll: CheckedContinuation<Event, any Error>?
  private var observer: CheckedContinuation<Void, Never>?

  // MARK: Lambda's side

  /// Starts the clock of the init phase.
  func willSpawn() {
    spawned = clock.now
  }

  /// Waits for the first `/next`. Returns how long that took, and why the process ended if it ended first.
  func initialize() async -> (duration: Duration, ending: Ending?) {
    while ending == nil, state == .started || state == .initError { await change() }
    let now = clock.now
    return ((spawned ?? now).duration(to: initialized ?? now), ending)
  }

  /// Delivers an event, and waits until the process has responded and asked for the next event, or has ended.
  func run(_ event: Event) async -> Completion {
    (current, outcome, delivered, responded) = (event, nil, nil, nil)
    if ending == nil, let poll {
      self.poll = nil
      (state, delivered) = (.running, clock.now)
      poll.resume(returning: event)
    }
    while ending == nil, state != .ready { await change() }
    current = nil
    let now = clock.now
    return Completion(outcome: outcome, duration: (delivered ?? now).duration(to: responded ?? now), ending: ending)
  }

  /// Records that the process can't be used any more. The first reason counts, but an init error that it posted wins.
  func end(_ reason: Ending) {
    if ending == nil { ending = postedInitError.map(Ending.initError) ?? reason }
    poll?.resume(throwing: CancellationError())
    poll = nil
    changed()
  }

  /// Records that a time limit has passed, unless the task is cancelled. In that case the wait is over, and the process
  /// may already have the next event.
  func timeOut() {
    if !Task.isCancelled { end(.timedOut) }
  }

  /// Whether the process is waiting for an event.
  var isIdle: Bool { ending == nil && state == .ready }

  // MARK: The process's side

  /// `GET /runtime/invocation/next`: waits for an event, without a time limit.
  ///
  /// A process that asks again before it has responded gets the same event again, as in Lambda.
  func next() async throws -> Event {
    // A child that outlives the process may still ask. It would never get a response, and the server couldn't stop.
    if ending != nil { throw CancellationError() }
    switch state {
    case .initError: throw illegalTransition(to: "Ready")
    case .running: if let current { return current }
    case .started: initialized = clock.now
    case .ready, .responseSent: break
    }
    poll?.resume(throwing: illegalTransition(to: "Ready"))
    state = .ready
    return try await withCheckedThrowingContinuation { continuation in
      poll = continuation
      changed()
    }
  }

  /// `POST /runtime/invocation/{id}/response` and `/error`.
  func respond(_ outcome: CompletedInvocation.Outcome, to requestID: String, invocationID: String?)
    throws(RuntimeAPIError)
  {
    guard let current, current.requestID == requestID else { throw .invalidRequestID }
    if let invocationID, invocationID != current.invocationID { throw .invalidRequestID }
    guard state == .running else {
      switch outcome {
      case .response: throw illegalTransition(to: "InvocationResponse")
      case .functionError: throw illegalTransition(to: "InvocationErrorResponse")
      }
    }
    (state, self.outcome, responded) = (.responseSent, outcome, clock.now)
  }

  /// `POST /runtime/init/error`: allowed until the first `/next`.
  func failInit(_ error: FunctionError) throws(RuntimeAPIError) {
    guard state == .started else { throw illegalTransition(to: "InitError") }
    (state, postedInitError) = (.initError, error)
  }

  private func illegalTransition(to next: String) -> RuntimeAPIError {
    .invalidStateTransition(from: state.rawValue, to: next)
  }

  // MARK: Waiting

  private func change() async {
    await withCheckedContinuation { observer = $0 }
  }

  private func changed() {
    observer?.resume()
    observer = nil
  }
}
