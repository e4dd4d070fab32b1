extension ComparisonReport {
  /// How one variant handled one case.
  package struct Behaviour: Codable, Hashable, Sendable {
    /// The case's name.
    package var `case`: String
    /// The variant's id.
    package var variant: String
    /// The status that the caller got; nil when there was no response.
    package var status: Int?
    /// The kind of body that the caller got.
    package var body: Body
    /// How many SubmitJob requests reached Batch; nil for a deployed stage, whose Batch can't be observed.
    package var requests: Int?
    /// How many jobs Batch created; nil for a deployed stage.
    package var jobs: Int?
    /// The unintended members that reached Batch; nil for a deployed stage.
    package var injected: [String]?
    /// The caller's members that no job has, or has with another value, although the request succeeded; nil for a
    /// deployed stage.
    package var ignored: [String]? = nil
    /// The faults of this cell; empty if there are none.
    package var marks: [Mark]

    /// A kind of response body.
    package enum Body: String, Codable, Hashable, Sendable {
      /// SubmitJob's response, or a job that exists, with a `jobId`.
      case job
      /// A list of jobs.
      case jobs
      /// A problem document, RFC 9457.
      case problem
      /// Other JSON, such as the gateway's `{"message":…}`.
      case message
      case other, empty, none
    }

    /// A fault that a cell of the matrix is marked with.
    package enum Mark: String, Codable, Hashable, Sendable, CaseIterable {
      /// A failure is reported as a success.
      case maskedFailure = "masked-failure"
      /// One request, or requests with one `Idempotency-Key`, created two jobs.
      case duplicate
      /// A member that the caller may not set reached Batch.
      case injected
      /// A good request failed.
      case lost
      /// A member of the caller's was dropped or changed behind a success.
      case ignored
      /// A caller saw or ended a job that isn't theirs, or isn't in the queue of the path.
      case leaked
    }
  }
}
