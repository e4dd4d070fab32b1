/// An answer in which Batch, or AWS's front door before it, refuses a request.
///
/// The wordings are AWS's own where they have been seen in public; the rest name the member and its limit.
struct ServiceError: Error, Equatable {
  /// The HTTP status.
  let status: Int
  /// The name in the `x-amzn-ErrorType` header.
  let code: String
  /// The text of the body's `message`.
  let message: String
  /// Batch wraps what it finds while executing a request in a sentence that names the request's id.
  var isWrapped = false

  /// The text of the body's `message` for one request.
  func message(requestID: String) -> String {
    isWrapped ? "Error executing request, Exception : \(message), RequestId: \(requestID)" : message
  }
}

extension ServiceError {
  /// A mistake in the request that Batch finds while executing it.
  static func client(_ message: String) -> ServiceError {
    ServiceError(status: 400, code: "ClientException", message: message, isWrapped: true)
  }

  /// A job queue that Batch doesn't know.
  static func unknownJobQueue(_ reference: String) -> ServiceError {
    ServiceError(status: 400, code: "ClientException", message: "JobQueue \(reference) not found.")
  }

  /// A job definition, or a revision, that Batch doesn't know.
  static func unknownJobDefinition(_ reference: String) -> ServiceError {
    let message =
      reference.hasPrefix("arn:")
      ? "JobDefinition \(reference) not found."
      : "JobDefinition name \(reference) does not exist or is not in ACTIVE status"
    return ServiceError(status: 400, code: "ClientException", message: message)
  }

  /// A job queue that takes no jobs.
  static func disabledJobQueue(_ name: String) -> ServiceError {
    .client("JobQueue \(name) is DISABLED and takes no jobs")
  }

  /// A body that isn't a JSON object.
  static let notJSON = ServiceError(
    status: 400, code: "SerializationException", message: "The request body is not a JSON object.")

  /// A body larger than the front door takes.
  static let tooLarge = ServiceError(
    status: 413, code: "RequestEntityTooLargeException", message: "Request Entity Too Large")

  /// A path, or a method on it, that is no operation.
  static func unknownOperation(_ method: String, _ path: String) -> ServiceError {
    ServiceError(
      status: 404, code: "UnknownOperationException", message: "\(method) \(path) is no operation of this Batch.")
  }

  /// A request without a signature.
  static let missingToken = ServiceError(
    status: 403, code: "MissingAuthenticationTokenException", message: "Missing Authentication Token")

  /// A key that isn't the demo key, or a session token, which the demo key doesn't have.
  static let unknownToken = ServiceError(
    status: 403, code: "UnrecognizedClientException",
    message: "The security token included in the request is invalid.")

  /// A signature whose parts aren't all there.
  static func incompleteSignature(_ message: String) -> ServiceError {
    ServiceError(status: 403, code: "IncompleteSignatureException", message: message)
  }

  /// A signature of something else than its request, or by another key.
  static let signatureMismatch = invalidSignature(
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
      + "Key and signing method. Consult the service documentation for details.")

  /// A signature that doesn't match its request, its time or this Batch.
  static func invalidSignature(_ message: String) -> ServiceError {
    ServiceError(status: 403, code: "InvalidSignatureException", message: message)
  }
}
