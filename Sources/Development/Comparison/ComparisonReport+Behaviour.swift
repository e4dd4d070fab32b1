extension ComparisonReport {
  /// What one variant made of one case.
  package struct Behaviour: Codable, Hashable, Sendable {
    /// The case's name.
    package var `case`: String
    /// The variant's id.
    package var variant: String
    /// The status that the caller got; nil when there was no answer.
    package var status: Int?
    /// What the caller's body was.
    package var body: Body
    /// How many SubmitJob requests reached Batch; nil for a deployed stage, whose Batch is out of sight.
    package var requests: Int?
    /// How many jobs Batch created; nil likewise.
    package var jobs: Int?
    /// The members that reached Batch although nobody meant to let them in; nil likewise.
    package var injected: [String]?
    /// The members that the caller gave and that no job has, or with another value, although the caller was told of
    /// success; nil where Batch is out of sight. Some variants mean to take none: it is no mark.
    package var ignored: [String]? = nil
    /// What is wrong; empty when nothing is.
    package var marks: [Mark]

    /// A kind of body.
    package enum Body: String, Codable, Hashable, Sendable {
      /// SubmitJob's answer, with a `jobId`.
      case job
      /// A problem of RFC 9457.
      case problem
      /// Other JSON, such as the gateway's `{"message":…}`.
      case message
      case other, empty, none
    }

    /// What a cell of the matrix is marked with.
    package enum Mark: String, Codable, Hashable, Sendable, CaseIterable {
      /// A failure is reported as a success.
      case maskedFailure = "masked-failure"
      /// One request made two jobs.
      case duplicate
      /// A member got in that the caller may not set.
      case injected
      /// A good request failed.
      case lost
    }
  }
}
