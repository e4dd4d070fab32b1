internal import LocalServer

/// An error response from Batch, or from AWS's front door.
///
/// The wordings are AWS's own where they are publicly known; the others name the member and its limit.
struct ServiceError: Error, Equatable {
  /// The HTTP status.
  let status: Int
  /// The name in the `x-amzn-ErrorType` header.
  let code: String
  /// The text of the body's `message`.
  let message: String
  /// Whether Batch found the error while executing the request, and so wraps it in a sentence with the request's id.
  var isWrapped = false

  /// The body's `message` for one request.
  func message(requestID: String) -> String {
    isWrapped ? "Error executing request, Exception : \(message), RequestId: \(requestID)" : message
  }
}

extension ServiceError {
  /// An error in the request that Batch finds while executing it.
  static func client(_ message: String) -> ServiceError {
    ServiceError(status: 400, code: "ClientException", message: message, isWrapped: true)
  }

  /// The job queue doesn't exist.
  static func unknownJobQueue(_ reference: String) -> ServiceError {
    ServiceError(status: 400, code: "ClientException", message: "JobQueue \(reference) not found.")
  }

  /// The job definition or its revision doesn't exist.
  static func unknownJobDefinition(_ reference: String) -> ServiceError {
    let message =
      reference.hasPrefix("arn:")
      ? "JobDefinition \(reference) not found."
      : "JobDefinition name \(reference) does not exist or is not in ACTIVE status"
    return ServiceError(status: 400, code: "ClientException", message: message)
  }

  /// The job queue doesn't accept jobs.
  static func disabledJobQueue(_ name: String) -> ServiceError {
    .client("JobQueue \(name) is DISABLED and does not accept jobs")
  }

  /// The body isn't a JSON object.
  static let notJSON = ServiceError(
    status: 400, code: "SerializationException", message: "The request body is not a JSON object.")

  /// The body is larger than the front door accepts.
  static let tooLarge = ServiceError(
    status: 413, code: "RequestEntityTooLargeException", message: "Request Entity Too Large")

  /// The method and path don't match any operation.
  static func unknownOperation(_ method: String, _ path: String) -> ServiceError {
    ServiceError(
      status: 404, code: "UnknownOperationException",
      message: "\(method) \(path) is not an operation of this Batch. It has these: "
        + BatchOperation.all.map(\.name).joined(separator: ", "))
  }

  /// The request's signature is refused.
  init(_ error: SignatureError) {
    self.init(status: 403, code: error.code, message: error.message)
  }
}
