internal import Platform

/// The Runtime API's side of one process of a function: which event it has, and what it may post.
///
/// The states and their names are those of AWS's
/// [Runtime Interface Emulator](https://github.com/aws/aws-lambda-runtime-interface-emulator), `core/states.go`.
actor RuntimeAPI {
  /// An event as `/next` hands it out.
  struct Event: Sendable {
    let requestID: String
    let invocationID: String
    let deadline: Timestamp
    let functionARN: String
    let traceID: String
    let payload: [UInt8]
  }

  /// What came of one event; times are as this side sees them.
  struct Completion: Sendable {
    /// The answer, or nil when none came.
    var outcome: CompletedInvocation.Outcome?
    /// From handing the event out to the answer, or to the end of the process.
    var duration: Duration
    /// Set when the process is of no more use.
    var ending: Ending?
  }

  /// Why a process is of no more use.
  enum Ending: Sendable, Equatable {
    /// It ended by itself, with this status.
    case exited(Int32)
    /// A signal of this number ended it.
    case signaled(Int32)
    /// It posted that it can't start.
    case initError(FunctionError)
    /// A time limit has passed.
    case timedOut
    /// It was never started, for this reason.
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
  private var answered: ContinuousClock.Instant?

  private var poll: CheckedContinuation<Event, any Error>?
  private var observer: CheckedContinuation<Void, Never>?

  // MARK: Lambda's side

  /// Starts the clock of the init phase.
  func willSpawn() {
    spawned = clock.now
  }

  /// Waits for the first `/next`; returns how long that took, and why the process ended if it did before.
  func initialize() async -> (duration: Duration, ending: Ending?) {
    while ending == nil, state == .started || state == .initError { await change() }
    let now = clock.now
    return ((spawned ?? now).duration(to: initialized ?? now), ending)
  }

  /// Hands out an event, and waits until the process has answered it and asked for the next one, or has ended.
  func run(_ event: Event) async -> Completion {
    (current, outcome, delivered, answered) = (event, nil, nil, nil)
    if ending == nil, let poll {
      self.poll = nil
      (state, delivered) = (.running, clock.now)
      poll.resume(returning: event)
    }
    while ending == nil, state != .ready { await change() }
    current = nil
    let now = clock.now
    return Completion(outcome: outcome, duration: (delivered ?? now).duration(to: answered ?? now), ending: ending)
  }

  /// Says that the process is of no more use; the first reason stands, and an error it posted itself comes before it.
  func end(_ reason: Ending) {
    if ending == nil { ending = postedInitError.map(Ending.initError) ?? reason }
    poll?.resume(throwing: CancellationError())
    poll = nil
    changed()
  }

  /// Says that a time limit has passed, unless the task is cancelled: then the wait that it was for is over, and the
  /// process may have the next event.
  func timeOut() {
    if !Task.isCancelled { end(.timedOut) }
  }

  /// Whether the process waits for an event.
  var isIdle: Bool { ending == nil && state == .ready }

  // MARK: The process's side

  /// `GET /runtime/invocation/next`: waits for an event, without a time limit.
  ///
  /// A process that asks again before it has answered gets the same event again, as from Lambda.
  func next() async throws -> Event {
    // A child that outlives the process may still ask. Nothing would ever answer it, and the server couldn't stop.
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
  func answer(_ outcome: CompletedInvocation.Outcome, to requestID: String, invocationID: String?)
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
    (state, self.outcome, answered) = (.responseSent, outcome, clock.now)
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
