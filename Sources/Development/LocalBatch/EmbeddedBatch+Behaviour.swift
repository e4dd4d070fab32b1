internal import LocalServer

extension EmbeddedBatch {
  /// The operations that can be told to misbehave.
  package enum Operations: Hashable, Sendable {
    /// SubmitJob.
    case submitJob
    /// DescribeJobQueues, DescribeJobDefinitions and DescribeJobs.
    case describe
  }

  /// How operations are answered, so that what stands before Batch can be seen when Batch is slow or fails.
  package struct Behaviour: Hashable, Sendable {
    /// What goes wrong; nil when nothing does.
    package var fault: Fault?
    /// How long an answer is held back. A job that it is about is there before.
    package var delay: Duration

    /// A behaviour.
    package init(_ fault: Fault? = nil, delay: Duration = .zero) {
      self.fault = fault
      self.delay = delay
    }

    /// Nothing goes wrong, at once.
    package static let normal = Behaviour()
  }

  /// What can go wrong.
  package enum Fault: Hashable, Sendable {
    /// 429: the account's rate of requests is exceeded.
    case throttling
    /// 403: the caller's role may not do this.
    case accessDenied
    /// 403: the signature isn't accepted.
    case invalidSignature
    /// 500.
    case internalError
    /// The request is carried out, and the connection is closed without a byte of the answer.
    case lostAnswer
  }
}

extension EmbeddedBatch.Fault {
  /// What Batch says instead of looking at a request of an action; nil when it does look at it.
  func refusal(of action: String) -> ServiceError? {
    switch self {
    case .throttling: ServiceError(status: 429, code: "TooManyRequestsException", message: "Too Many Requests")
    case .accessDenied:
      ServiceError(
        status: 403, code: "AccessDeniedException",
        message: "User: arn:aws:sts::\(Account.id):assumed-role/submitter/session is not authorized to "
          + "perform: batch:\(action)")
    case .invalidSignature: .signatureMismatch
    case .internalError:
      ServiceError(status: 500, code: "ServerException", message: "The service failed.")
    case .lostAnswer: nil
    }
  }
}
