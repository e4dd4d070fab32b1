package import AWSService
internal import HTTPTransport

/// A write without an outcome, after all its attempts.
package struct TableError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The reason why the last attempt failed.
  package enum Cause: Equatable, Sendable {
    /// There were no credentials, or no complete response.
    case service(ServiceError)
    /// DynamoDB returned an error other than a failed condition.
    case refused(ServiceRefusal)
    /// DynamoDB's response is not one to a write.
    case unexpectedResponse(String)
  }

  /// The table's name or ARN.
  let table: String
  let region: String
  let operation: ConditionalWrite.Operation
  package let cause: Cause
  let attempts: Int

  /// The names of errors after which the same write may succeed, next to the throttles.
  private static let passing: Set = [
    "InternalServerError", "ReplicatedWriteConflictException", "ServiceUnavailable", "TransactionConflictException",
    "TransactionInProgressException",
  ]

  /// Whether another attempt may succeed.
  var mayPass: Bool {
    switch cause {
    case .service(.noCredentials): false
    case .service(.noResponse), .unexpectedResponse: true
    case .refused(let refusal):
      refusal.status >= 500 || refusal.meaning == .throttled || Self.passing.contains(refusal.code)
    }
  }

  /// Whether the write may have been applied by its last attempt, or may still be.
  package var mayHaveWritten: Bool {
    switch cause {
    case .service(.noCredentials): false
    case .service(.noResponse(let error)): error.requestWasSent
    case .unexpectedResponse: true
    case .refused(let refusal): refusal.status >= 500
    }
  }

  /// One line for the function's owner: the table, what is wrong with it, and the remedy if there is one.
  package var description: String {
    let table = "DynamoDB table \(table) in \(region)"
    switch cause {
    case .service(.noCredentials(let error)): return "\(table): no credentials: \(error)"
    case .service(.noResponse(let error)): return "\(table): \(error), after \(count)"
    case .unexpectedResponse(let what): return "\(table): \(what), after \(count)"
    case .refused(let refusal):
      let said = refusal.message.isEmpty ? "" : ": \(refusal.message)"
      switch refusal.code {
      case "ResourceNotFoundException":
        return "\(table) doesn't exist: create it, or correct IDEMPOTENCY_TABLE"
      case "AccessDeniedException", "AccessDenied":
        return "\(table): the function's role lacks dynamodb:\(operation.rawValue)\(said)"
      default:
        let code = refusal.code.isEmpty ? "without an error code" : refusal.code
        return "\(table): \(operation.rawValue) failed with \(refusal.status) \(code), after \(count)\(said)"
      }
    }
  }

  private var count: String { attempts == 1 ? "1 attempt" : "\(attempts) attempts" }
}
