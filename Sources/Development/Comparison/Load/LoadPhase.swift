internal import Foundation
internal import Synchronization

/// The requests of a warm-up or a measurement, which workers take one after the other.
///
/// Workers have their own threads, because they block: on Swift's cooperative threads, they would leave none to the
/// local gateway.
final class LoadPhase: Sendable {
  /// Sends one request at a time, over a kept connection.
  ///
  /// The sender is not thread-safe. Only one thread uses it at a time, because a phase begins only after the previous
  /// one has ended.
  final class Worker: @unchecked Sendable {
    fileprivate let send: LoadGenerator.Sender

    init(_ send: @escaping LoadGenerator.Sender) {
      self.send = send
    }
  }

  private struct State {
    /// The number of the request to take next.
    var next: Int
    var samples: [Sample] = []
    /// How many of the samples are not successes.
    var errors = 0
    var sending = 0
    /// How many workers are still running.
    var workers: Int
    /// How many workers have not yet failed with their first request; nil once any request got a response.
    var unproven: Int?
    var end: Duration?
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let numbers: Range<Int>
  private let pace: Load.Pace
  private let clock: SteadyClock
  private let start: Duration
  private let state: Mutex<State>

  /// A phase that begins now. `numbers` are those of its requests, in sending order.
  init(_ numbers: Range<Int>, pace: Load.Pace, clock: SteadyClock) {
    self.numbers = numbers
    self.pace = pace
    self.clock = clock
    start = clock.now
    state = Mutex(State(next: numbers.lowerBound, workers: 0))
  }

  /// Returns when every request has ended. Returns early when the task is cancelled, or when the first request of every
  /// worker got no response; requests in flight then continue but are not counted.
  func run(_ workers: [Worker]) async {
    state.withLock { ($0.workers, $0.unproven) = (workers.count, workers.count) }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          guard state.end == nil else { return true }
          state.waiter = continuation
          return false
        }
        if isOver { return continuation.resume() }
        for worker in workers {
          Thread.detachNewThread { self.work(worker) }
        }
      }
    } onCancel: {
      stop()
    }
  }

  /// The measurements so far.
  var result: Result {
    state.withLock { state in
      Result(samples: state.samples, inFlight: state.sending, elapsed: (state.end ?? clock.now) - start)
    }
  }

  /// How many requests have ended so far, and how many of them are not successes.
  var counts: (done: Int, errors: Int) { state.withLock { ($0.samples.count, $0.errors) } }

  /// The result of a phase.
  struct Result: Sendable {
    var samples: [Sample] = []
    /// How many requests were sent but have not ended yet.
    var inFlight = 0
    var elapsed = Duration.zero

    /// Appends the result of a later phase.
    mutating func append(_ later: Result) {
      samples += later.samples
      inFlight += later.inFlight
      elapsed += later.elapsed
    }
  }

  private func work(_ worker: Worker) {
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
      do { status = try worker.send(number) } catch { failure = "\(error)" }
      let end = clock.now
      // Normally a pause ends late; a clock that ends it early must not make the request look faster.
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

  /// Records a sample.
  ///
  /// - Returns: whether the phase is over because the first request of every worker got no response. A server that
  ///   never responds blocks each worker for the whole time limit, so one attempt each is enough.
  private func record(_ sample: Sample, isFirst: Bool) -> Bool {
    state.withLock { state in
      // The result is final by now.
      guard state.end == nil else { return false }
      state.sending -= 1
      state.samples.append(sample)
      if !sample.isSuccess { state.errors += 1 }
      if sample.status != nil { state.unproven = nil } else if isFirst { state.unproven? -= 1 }
      let isDead = state.unproven == 0
      // End the phase under the same lock, so that no response can come in between.
      if isDead { state.end = clock.now }
      return isDead
    }
  }

  /// Counts a worker out; the last one ends the phase.
  private func leave() {
    let isLast = state.withLock { state in
      state.workers -= 1
      return state.workers == 0
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
