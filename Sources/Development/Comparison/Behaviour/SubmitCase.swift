internal import LocalBatch

/// The queue and the definition in a request's path.
struct SubmitPath: Hashable, Sendable {
  let jobQueue: String
  let jobDefinition: String
}

/// One row of the matrix: what a caller sends, what Batch does meanwhile, and what is right then.
struct SubmitCase: Sendable {
  /// What Batch does with the request.
  enum Batch: Hashable, Sendable {
    /// What it always does.
    case normal
    /// Something goes wrong with it.
    case fails(EmbeddedBatch.Fault)
    /// It takes longer than the integration or the function may.
    case slow
    /// Nothing listens where it should be.
    case unreachable
  }

  /// The name, which the report has.
  let name: String
  /// The queue in the path, by the variant's own.
  var jobQueue: @Sendable (String) -> String = { $0 }
  /// The definition in the path, by the variant's own.
  var jobDefinition: @Sendable (String) -> String = { $0 }
  /// The content type of the body.
  var contentType = "application/json"
  /// The body.
  var body: @Sendable () -> [UInt8] = { RunningVariant.emptyJob }
  /// How many times the caller sends it, one after the other.
  var times = 1
  /// What Batch does.
  var batch = Batch.normal
  /// Whether nothing but a success, with the job, is right; integrations may refuse anything else.
  var mustSucceed = false

  /// The time limit of functions and integrations where Batch is slow, in place of the template's own: the real ones,
  /// 10 and 29 s, are a matter of patience.
  static let timeLimit = Duration.seconds(2)
  /// How long a slow Batch takes.
  static let slowness = Duration.seconds(3)
  /// A queue that every local Batch knows beside the sample, for those who try to choose one past the path.
  static let otherJobQueue = "other-queue"

  /// The path of its requests, by the path of a good one.
  func path(_ good: SubmitPath) -> SubmitPath {
    SubmitPath(jobQueue: jobQueue(good.jobQueue), jobDefinition: jobDefinition(good.jobDefinition))
  }

  /// Whether its path has other names than that of a good request.
  var hasOtherPath: Bool {
    let good = SubmitPath(jobQueue: "q", jobDefinition: "d")
    return path(good) != good
  }
}
