internal import Foundation
internal import Synchronization

/// The requests of a warm-up or of a measurement, which callers on threads of their own take one after the other.
///
/// Not on Swift's threads: a caller blocks, and as many of them would leave the local gateway none.
final class LoadPhase: Sendable {
  /// Someone who sends: one request at a time, on a connection that is kept.
  ///
  /// The sender is not thread-safe. A caller has it on one thread at a time: a phase begins when the last has ended, or
  /// not at all.
  final class Caller: @unchecked Sendable {
    fileprivate let send: LoadGenerator.Sender

    init(_ send: @escaping LoadGenerator.Sender) {
      self.send = send
    }
  }

  private struct State {
    /// The number of the request that is taken next.
    var next: Int
    var samples: [Sample] = []
    /// How many of the samples are no success.
    var errors = 0
    var sending = 0
    /// How many callers have not left.
    var callers: Int
    /// How many callers are left whose first request may have an answer yet; nil when any request had one.
    var unproven: Int?
    var end: Duration?
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let numbers: Range<Int>
  private let pace: Load.Pace
  private let clock: SteadyClock
  private let start: Duration
  private let state: Mutex<State>

  /// A phase that begins now. `numbers` are those that its requests have, in the order in which they are sent.
  init(_ numbers: Range<Int>, pace: Load.Pace, clock: SteadyClock) {
    self.numbers = numbers
    self.pace = pace
    self.clock = clock
    start = clock.now
    state = Mutex(State(next: numbers.lowerBound, callers: 0))
  }

  /// Returns when every request has its answer, or at once when the task is cancelled, or when the first request of every
  /// caller had none: what is under way then goes on, and counts for nothing.
  func run(_ callers: [Caller]) async {
    state.withLock { ($0.callers, $0.unproven) = (callers.count, callers.count) }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          guard state.end == nil else { return true }
          state.waiter = continuation
          return false
        }
        if isOver { return continuation.resume() }
        for caller in callers {
          Thread.detachNewThread { self.work(caller) }
        }
      }
    } onCancel: {
      stop()
    }
  }

  /// What has been measured so far.
  var result: Result {
    state.withLock { state in
      Result(samples: state.samples, inFlight: state.sending, elapsed: (state.end ?? clock.now) - start)
    }
  }

  /// How many requests have ended so far, and how many of them are no success.
  var counts: (done: Int, errors: Int) { state.withLock { ($0.samples.count, $0.errors) } }

  /// What a phase has measured.
  struct Result: Sendable {
    var samples: [Sample] = []
    /// How many requests were sent and had no answer yet.
    var inFlight = 0
    var elapsed = Duration.zero
  }

  private func work(_ caller: Caller) {
    var isFirst = true
    while let number = takeNext() {
      var due: Duration?
      if case .open(let rate) = pace {
        let instant = start + .nanoseconds(Int64((Double(number - numbers.lowerBound) / rate * 1e9).rounded()))
        clock.sleep(until: instant)
        due = instant
      }
      guard beginSending() else { break }
      let sent = clock.now
      var (status, failure): (Int?, String?)
      do { status = try caller.send(number) } catch { failure = "\(error)" }
      let end = clock.now
      // A pause ends late rather than early; a clock that ends it early must not make a request look faster.
      let from = min(due ?? sent, sent)
      let sample = Sample(
        status: status, failure: failure, milliseconds: (end - from).milliseconds,
        lateness: (sent - from).milliseconds)
      if record(sample, isFirst: isFirst) { stop() }
      isFirst = false
    }
    leave()
  }

  private func takeNext() -> Int? {
    state.withLock { state in
      guard state.end == nil, state.next < numbers.upperBound else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  private func beginSending() -> Bool {
    state.withLock { state in
      guard state.end == nil else { return false }
      state.sending += 1
      return true
    }
  }

  /// Takes a sample in.
  ///
  /// - Returns: whether the phase is over: the first request of every caller had no answer. A server that never answers
  ///   keeps a caller for as long as an answer may take, and once for each tells enough.
  private func record(_ sample: Sample, isFirst: Bool) -> Bool {
    state.withLock { state in
      // The result stands by now: what comes later doesn't change it.
      guard state.end == nil else { return false }
      state.sending -= 1
      state.samples.append(sample)
      if !sample.isSuccess { state.errors += 1 }
      if sample.status != nil { state.unproven = nil } else if isFirst { state.unproven? -= 1 }
      let isDead = state.unproven == 0
      // Ended here, lest an answer come in between.
      if isDead { state.end = clock.now }
      return isDead
    }
  }

  /// Counts a caller out; the last one ends the phase.
  private func leave() {
    let isLast = state.withLock { state in
      state.callers -= 1
      return state.callers == 0
    }
    if isLast { stop() }
  }

  private func stop() {
    let waiter = state.withLock { state in
      if state.end == nil { state.end = clock.now }
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }
}

extension Duration {
  /// This duration in milliseconds.
  fileprivate var milliseconds: Double { self / .milliseconds(1) }
}
