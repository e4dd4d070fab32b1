/// An error that an AWS service returned.
package struct ServiceRefusal: Equatable, Sendable {
  /// The HTTP status.
  package let status: Int
  /// The error's name, such as `ClientException`; empty if the response has none.
  package let code: String
  /// The service's message; empty if the response has none.
  package let message: String
  /// The seconds in the Retry-After header, 300 at most; nil if it is missing or a date.
  package let retryAfter: Int?

  /// What the refusal means for the caller and for the function.
  package enum Meaning: Sendable {
    /// The request is invalid: it names something unknown, or a member is wrong.
    case badRequest
    /// The function's role isn't allowed to do this.
    case accessDenied
    /// Too many requests: this one was not accepted and may be sent again.
    case throttled
    /// The service rejected the function's credentials or signature.
    case functionAtFault
    /// Any other error: it is unknown whether the request was carried out.
    case unknown
  }

  /// The meaning, determined by the error's name first, then by the status.
  package var meaning: Meaning {
    // These say that another request is in progress, not that this one was rejected.
    if Self.conflicts.contains(code) { return .unknown }
    // Only a 4xx says that the request was rejected, whatever the error's name.
    if status == 429 || 400..<500 ~= status && Self.throttles.contains(code) { return .throttled }
    switch status {
    case 400, 401:
      if Self.authenticationFaults.contains(code) { return .functionAtFault }
      return status == 400 ? .badRequest : .unknown
    case 403:
      return code == "AccessDeniedException" || code == "AccessDenied" ? .accessDenied : .functionAtFault
    default:
      return .unknown
    }
  }

  /// The names that the AWS SDKs treat as throttling (botocore's `standard` retry mode), without `conflicts`.
  private static let throttles: Set = [
    "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException",
    "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException",
    "SlowDown", "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException",
  ]

  /// The names that the SDKs retry, although they don't prove that nothing was accepted.
  private static let conflicts: Set = ["PriorRequestNotComplete", "TransactionInProgressException"]

  /// The names that AWS's front ends use for rejected credentials and signatures.
  private static let authenticationFaults: Set = [
    "AuthFailure", "ExpiredToken", "ExpiredTokenException", "IncompleteSignature", "IncompleteSignatureException",
    "InvalidAccessKeyId", "InvalidClientTokenId", "InvalidSignatureException", "InvalidToken",
    "MissingAuthenticationToken", "MissingAuthenticationTokenException", "NotAuthorized", "OptInRequired",
    "RequestExpired", "RequestTimeTooSkewed", "SignatureDoesNotMatch", "UnrecognizedClientException",
  ]
}
