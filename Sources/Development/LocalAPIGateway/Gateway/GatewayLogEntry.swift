internal import Foundation
package import LocalLambda
internal import LocalServer
package import SAMTemplate

/// An entry of the gateway's log.
package enum GatewayLogEntry: Sendable, CustomStringConvertible {
  /// A request and its response.
  case request(AccessLogEntry)
  /// An entry of the local Lambda about an invocation.
  case lambda(LambdaLogEntry)

  /// The entry as one line.
  package var description: String {
    switch self {
    case .request(let entry): "\(entry)"
    case .lambda(let entry): "\(entry)"
    }
  }
}

/// The log entry of a request: one line, without body or query.
package struct AccessLogEntry: Sendable {
  /// The method.
  package let method: String
  /// The path as sent.
  package let path: String
  /// The integration's type; nil if no route was found.
  package let integration: IntegrationKind?
  /// The status code.
  package let status: Int
  /// The status code of Batch's own response to an `aws` integration, which response mapping may have replaced; nil
  /// without one.
  package var batchStatus: Int?
  /// The time from the request's arrival to the response. It includes reading the body.
  package let time: Duration
  /// The integration's share of that time; nil if it wasn't reached.
  package var integrationTime: Duration?
  /// Why the gateway itself responded, including details that the client doesn't get.
  package var cause: String?

  package init(
    method: String, path: String, integration: IntegrationKind?, status: Int, batchStatus: Int? = nil, time: Duration,
    integrationTime: Duration? = nil, cause: String? = nil
  ) {
    self.method = method
    self.path = path
    self.integration = integration
    self.status = status
    self.batchStatus = batchStatus
    self.time = time
    self.integrationTime = integrationTime
    self.cause = cause
  }
}

extension AccessLogEntry: CustomStringConvertible {
  /// For example, `POST /direct/jobs/a/b aws 200 (Batch 400) 4.1 ms, integration 2.9 ms`.
  package var description: String {
    var line = "\(method) \(path.printable) \(integration?.description ?? "no route") \(status)"
    if let batchStatus { line += " (Batch \(batchStatus))" }
    line += " \(Self.text(time))"
    if let integrationTime { line += ", integration \(Self.text(integrationTime))" }
    if let cause { line += ": \(cause.printable)" }
    return line
  }

  private static func text(_ duration: Duration) -> String { String(format: "%.1f ms", duration.milliseconds) }
}
