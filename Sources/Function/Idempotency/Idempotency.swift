package import Batch
package import Credentials
internal import DynamoDB
package import Platform

/// Makes one job of all the requests with the same key, whatever crashes, is lost, is repeated or races.
///
/// `docs/exactly-once.pml` is a model of this protocol. Not thread-safe: it belongs to one loop.
package struct Idempotency {
  /// The time after an invocation's deadline for which its key still counts as in progress: more than the clocks of two
  /// machines differ.
  private static let margin = Duration.seconds(5)

  /// The longest time between the creation of a request's job and the `in_progress_expiration` of its record. Lambda's
  /// longest invocation takes 15 minutes, and Batch accepts a signature five minutes ahead of its own clock.
  private static let longestAge = Duration.seconds(30 * 60)

  /// The time limit for freeing a key in a table that has just failed.
  private static let releaseTimeout = Duration.seconds(1)

  /// The longest pause that a caller is asked for, in seconds: while the first request runs, and after it has ended.
  private static let pauseInProgress = 5
  private static let pauseUnsettled = 30

  private let configuration: IdempotencyConfiguration
  private let records: RecordTable
  private let batch: BatchClient
  private let clock: WallClock
  private let nonce: () -> String

  /// Idempotency as configured; nil without a table. `nonce` returns a text that was never returned before, on any
  /// machine.
  ///
  /// - Throws: `EnvironmentError`, which names the variable that is unusable or missing, and `TransportError` if this
  ///   machine's libcurl lacks a required feature.
  package init?(
    _ configuration: IdempotencyConfiguration, environment: Environment, credentials: CredentialsProvider,
    batch: BatchClient, userAgent: String, clock: WallClock, nonce: @escaping () -> String = Self.randomNonce
  ) throws {
    guard let table = configuration.table else { return nil }
    self.configuration = configuration
    records = RecordTable(
      table: try DynamoDBTable(
        table, environment: environment, credentials: credentials, userAgent: userAgent, clock: clock))
    self.batch = batch
    self.clock = clock
    self.nonce = nonce
  }

  /// Warnings for the function's owner, for the log at startup, one line each.
  package var warnings: [String] { [records.table.warning, configuration.warning].compactMap(\.self) }

  /// Opens the connection to the table ahead of time, even if keys are optional; gives up after 500 ms of silence.
  ///
  /// The handshake costs init a few milliseconds of its full core, but a first request with a key ten times as much of
  /// the share that 128 MB get: see `Benchmarks/RESULTS.md`.
  package func prepare() {
    records.table.openConnection()
  }

  /// 128 random bits, from the kernel: a restored snapshot of a process doesn't repeat them.
  package static func randomNonce() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in String(generator.next() as UInt64, radix: 36) }.joined(separator: "-")
  }

  /// Submits a job once for all the requests with its key, or finds the job of an earlier one.
  ///
  /// Nothing is sent to Batch after the deadline. The table may be written until `recordDeadline`, a little later, so
  /// that a job which was accepted at the last moment is remembered.
  package func submit(
    _ job: SubmitJobRequest, _ request: KeyedRequest, deadline: Timestamp, recordDeadline: Timestamp
  ) throws(IdempotencyError) -> KeyedResponse {
    let now = clock.now
    let inProgressExpiration = deadline + Self.margin
    let record = Record(
      id: Record.idPrefix + request.hash, validation: request.validation, owner: nonce(),
      inProgressExpiration: inProgressExpiration,
      // While a job can still turn up, its key must be known.
      expiration: max(now + configuration.life, inProgressExpiration + configuration.settleTime + Self.margin),
      jobQueue: job.jobQueue, jobName: job.jobName)
    let attempt = KeyedAttempt(
      job: job, request: request, record: record, deadline: deadline, recordDeadline: recordDeadline)
    let claim = try taking(attempt) { () throws(RecordTableError) in
      try records.claim(record, at: now, deadline: deadline)
    }
    switch claim {
    case .ours: return try submit(attempt)
    case .held(let held): return try resume(attempt, held)
    case .gone: throw .unchecked("\(records.table.name): DynamoDB did not return the item of a failed condition")
    }
  }

  /// Submits the job of a key that is ours.
  private func submit(_ attempt: KeyedAttempt) throws(IdempotencyError) -> KeyedResponse {
    let response: SubmitJobResponse
    do throws(BatchError) {
      response = try batch.submitJob(attempt.job, deadline: attempt.deadline)
    } catch {
      guard error.excludesJob else { throw .batch(error, note: nil) }
      let note = noting("the key could not be freed") { () throws(TableError) in
        try records.release(attempt.record, deadline: attempt.recordDeadline)
      }
      throw .batch(error, note: note)
    }
    return KeyedResponse(response: response, isReplay: false, note: complete(attempt.record, with: response, attempt))
  }

  /// Responds to a request whose key is in use.
  private func resume(_ attempt: KeyedAttempt, _ held: Record) throws(IdempotencyError) -> KeyedResponse {
    guard held.validation == attempt.request.validation else { throw .reused }
    if case .completed(let body) = held.state { return try replay(body, held) }
    // Read before Batch is asked: a job that it doesn't list then, and that isn't late anymore, doesn't exist.
    let now = clock.now
    guard now >= held.inProgressExpiration else {
      throw .inProgress(retryAfter: Self.seconds(from: now, to: held.inProgressExpiration, Self.pauseInProgress))
    }
    let settlement = held.inProgressExpiration + configuration.settleTime
    let outcome: JobSearch.Outcome
    do throws(BatchQueryError) {
      let search = JobSearch(
        jobQueue: held.jobQueue, jobName: held.jobName, request: attempt.request.hash,
        earliest: held.inProgressExpiration - Self.longestAge)
      outcome = try batch.find(search, deadline: attempt.deadline)
    } catch {
      throw .undecided("\(error)")
    }
    switch outcome {
    case .found(let response):
      return KeyedResponse(response: response, isReplay: true, note: complete(held, with: response, attempt))
    case .undescribed: throw .inProgress(retryAfter: Self.seconds(from: now, to: settlement, Self.pauseUnsettled))
    case .none:
      guard now >= settlement else {
        throw .inProgress(retryAfter: Self.seconds(from: now, to: settlement, Self.pauseUnsettled))
      }
      return try takeOver(attempt, from: held)
    }
  }

  /// Takes a key whose holder has certainly left no job, and submits the job in its place.
  private func takeOver(_ attempt: KeyedAttempt, from held: Record) throws(IdempotencyError) -> KeyedResponse {
    let outcome = try taking(attempt) { () throws(RecordTableError) in
      try records.takeOver(attempt.record, from: held, deadline: attempt.deadline)
    }
    switch outcome {
    case .ours: return try submit(attempt)
    case .held(let current):
      guard current.validation == attempt.request.validation else { throw .reused }
      if case .completed(let body) = current.state { return try replay(body, current) }
      throw .inProgress(retryAfter: 1)
    case .gone: throw .inProgress(retryAfter: 1)
    }
  }

  private func replay(_ body: [UInt8], _ record: Record) throws(IdempotencyError) -> KeyedResponse {
    guard let response = SubmitJobResponse(body: body, attempts: 0) else {
      let error = RecordTableError.record(table: records.table.name, id: record.id, RecordError(attribute: "data"))
      throw .undecided("\(error)")
    }
    return KeyedResponse(response: response, isReplay: true, note: nil)
  }

  /// Remembers the job. A failure is only noted: the next request with the key looks for the job.
  private func complete(_ record: Record, with response: SubmitJobResponse, _ attempt: KeyedAttempt) -> String? {
    noting("the job could not be stored for its key") { () throws(TableError) in
      try records.complete(record, with: response.body, deadline: attempt.recordDeadline)
    }
  }

  private func noting(_ failure: String, _ write: () throws(TableError) -> Void) -> String? {
    do throws(TableError) {
      try write()
      return nil
    } catch {
      return "\(failure): \(error)"
    }
  }

  /// Takes a key by a write. If that fails, the key may be ours all the same, and is freed, since nothing is submitted.
  private func taking(
    _ attempt: KeyedAttempt, _ write: () throws(RecordTableError) -> RecordTable.Outcome
  ) throws(IdempotencyError) -> RecordTable.Outcome {
    do throws(RecordTableError) {
      return try write()
    } catch {
      if case .table(let failure) = error, failure.mayHaveWritten {
        try? records.release(attempt.record, deadline: min(attempt.recordDeadline, clock.now + Self.releaseTimeout))
      }
      throw .unchecked("\(error)")
    }
  }

  /// The whole seconds between two times, from 1 to a limit.
  private static func seconds(from start: Timestamp, to end: Timestamp, _ limit: Int) -> Int {
    min(max(1, (end.milliseconds(since: start) + 999) / 1000), limit)
  }
}

/// One invocation's attempt to get a job for a key.
private struct KeyedAttempt {
  let job: SubmitJobRequest
  let request: KeyedRequest
  /// The record that makes the key this invocation's.
  let record: Record
  let deadline: Timestamp
  let recordDeadline: Timestamp
}
