internal import LocalBatch

/// The queue and the definition in a request's path.
struct SubmitPath: Hashable, Sendable {
  let jobQueue: String
  let jobDefinition: String
}

/// One row of the matrix: what a caller sends, how Batch behaves meanwhile, and which outcome is right.
struct SubmitCase: Sendable {
  /// How Batch handles the request.
  enum Batch: Hashable, Sendable {
    /// As usual.
    case normal
    /// With a fault.
    case fails(EmbeddedBatch.Fault)
    /// More slowly than the time limit of the integration or the function.
    case slow
    /// Not at all: nothing listens at its address.
    case unreachable
    /// It carries out the first request, and its response is lost. Later ones are handled as usual.
    case losesFirstResponse
    /// It carries out the first request, and the function dies before the response. Later ones are handled as usual.
    case outlivesFunction
  }

  /// The name in the report.
  let name: String
  /// Derives the queue in the path from the variant's own.
  var jobQueue: @Sendable (String) -> String = { $0 }
  /// Derives the definition in the path from the variant's own.
  var jobDefinition: @Sendable (String) -> String = { $0 }
  /// The content type of the body.
  var contentType = "application/json"
  /// The body.
  var body: @Sendable () -> [UInt8] = { RunningVariant.emptyJob }
  /// How many times the caller sends it at least, one after the other.
  var times = 1
  /// Whether the caller sends an `Idempotency-Key`, and so means one job with all its requests. It repeats them, as a
  /// response asks it to, until one succeeds.
  var hasKey = false
  /// How Batch behaves.
  var batch = Batch.normal
  /// Whether only a success with a job is right; otherwise integrations may reject the request.
  var mustSucceed = false

  /// The time limit of functions and integrations where Batch is slow. It replaces the SAM template's 10 and 29 s, so
  /// that the case doesn't take half a minute.
  static let timeLimit = Duration.seconds(2)
  /// How long a slow Batch takes to respond.
  static let slowness = Duration.seconds(3)
  /// How long a caller with a key repeats its request: more than the time limit and the 5 s for which the function takes
  /// a key for in progress after that.
  static let patience = Duration.seconds(20)
  /// A queue that every local Batch has next to the sample queue, for callers that try to bypass the path.
  static let otherJobQueue = "other-queue"

  /// The path of its requests, derived from the path of a good one.
  func path(_ good: SubmitPath) -> SubmitPath {
    SubmitPath(jobQueue: jobQueue(good.jobQueue), jobDefinition: jobDefinition(good.jobDefinition))
  }

  /// Whether the names in its path differ from those of a good request.
  var hasOtherPath: Bool {
    let good = SubmitPath(jobQueue: "q", jobDefinition: "d")
    return path(good) != good
  }
}
