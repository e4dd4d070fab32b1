internal import LocalServer

extension EmbeddedBatch {
  /// The operations that faults can be injected into.
  package enum Operations: Hashable, Sendable {
    /// SubmitJob.
    case submitJob
    /// DescribeJobQueues, DescribeJobDefinitions and DescribeJobs.
    case describe
  }

  /// How operations respond. Makes Batch slow or faulty, to show what the code in front of it does then.
  package struct Behaviour: Hashable, Sendable {
    /// The fault to inject; nil for none.
    package var fault: Fault?
    /// How long a response is held back. A submitted job exists before that.
    package var delay: Duration

    /// A behaviour.
    package init(_ fault: Fault? = nil, delay: Duration = .zero) {
      self.fault = fault
      self.delay = delay
    }

    /// No fault and no delay.
    package static let normal = Behaviour()
  }

  /// A fault to inject.
  package enum Fault: Hashable, Sendable {
    /// 429: the account's rate of requests is exceeded.
    case throttling
    /// 403: the caller's role doesn't permit the action.
    case accessDenied
    /// 403: the signature is rejected.
    case invalidSignature
    /// 500: the service fails.
    case internalError
    /// The request is carried out, but the connection is closed before any byte of the response.
    case lostResponse
  }
}

extension EmbeddedBatch.Fault {
  /// The error that Batch returns without looking at the request; nil if it does process the request.
  func refusal(of action: String) -> ServiceError? {
    switch self {
    case .throttling: ServiceError(status: 429, code: "TooManyRequestsException", message: "Too Many Requests")
    case .accessDenied:
      ServiceError(
        status: 403, code: "AccessDeniedException",
        message: "User: arn:aws:sts::\(Account.id):assumed-role/submitter/session is not authorized to "
          + "perform: batch:\(action)")
    case .invalidSignature: ServiceError(.signatureMismatch)
    case .internalError:
      ServiceError(status: 500, code: "ServerException", message: "The service failed.")
    case .lostResponse: nil
    }
  }
}
