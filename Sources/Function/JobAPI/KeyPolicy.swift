internal import Batch
internal import Credentials
internal import Idempotency
internal import Platform
internal import ProxyEvents

/// What the function does with a request's `Idempotency-Key`: refuses it, takes it, or requires it.
struct KeyPolicy {
  private let isRequired: Bool
  /// Nil if requests can't have keys.
  private let idempotency: Idempotency?

  /// The policy that the environment configures.
  ///
  /// - Throws: `EnvironmentError`, which names the variable that is unusable or missing, and `TransportError` if this
  ///   machine's libcurl lacks a required feature.
  init(
    environment: Environment, credentials: CredentialsProvider, batch: BatchClient, userAgent: String, clock: WallClock
  ) throws {
    let configuration = try IdempotencyConfiguration(environment: environment)
    isRequired = configuration.isRequired
    idempotency = try Idempotency(
      configuration, environment: environment, credentials: credentials, batch: batch, userAgent: userAgent,
      clock: clock)
  }

  /// Warnings for the function's owner, for the log at startup, one line each.
  var warnings: [String] { idempotency?.warnings ?? [] }

  /// Opens the connection to the table, if there is one, before the first event arrives.
  func prepare() {
    idempotency?.prepare()
  }

  /// A request's identity if it has a key; nil without one.
  func request(
    _ request: ProxyRequest, for jobDefinition: JobDefinitionName, in jobQueue: JobQueueName
  ) throws(Failure) -> KeyedRequest? {
    let key = try failing(Failure.key) { () throws(IdempotencyKeyError) in
      guard let key = try IdempotencyKey(headerLines: request.idempotencyKeys) else {
        if isRequired { throw .missing }
        return IdempotencyKey?.none
      }
      // Its sender counts on it: to ignore it would be worse than to refuse it.
      guard idempotency != nil else { throw .unavailable }
      return key
    }
    return key.map {
      KeyedRequest(
        key: $0, caller: request.caller, jobQueue: "\(jobQueue)", jobDefinition: "\(jobDefinition)",
        body: request.body)
    }
  }

  /// Submits the job of a request with a key.
  func submit(
    _ job: SubmitJobRequest, _ request: KeyedRequest, deadline: Timestamp, recordDeadline: Timestamp
  ) throws(Failure) -> KeyedResponse {
    guard let idempotency else { throw .key(.unavailable) }
    return try failing(Failure.idempotency) { () throws(IdempotencyError) in
      try idempotency.submit(job, request, deadline: deadline, recordDeadline: recordDeadline)
    }
  }
}
