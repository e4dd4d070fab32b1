internal import Foundation

/// What the gateway says about a request when it has answered it: one line, without a body or a query.
struct AccessLogEntry: Sendable {
  let method: String
  let path: String
  /// As in `aws_proxy`; nil when no route was found.
  let integration: String?
  let status: Int
  /// From the request's arrival, body included, to the answer.
  let time: Duration
  /// The part of it that the integration took; nil when it wasn't reached.
  var integrationTime: Duration?
  /// Why the gateway answered by itself; what the caller isn't told included.
  var cause: String?
}

extension AccessLogEntry: CustomStringConvertible {
  /// As in `POST /direct/jobs/a/b aws 200 4.1 ms, integration 2.9 ms`.
  var description: String {
    var line = "\(method) \(path.printable) \(integration ?? "no route") \(status) \(Self.text(time))"
    if let integrationTime { line += ", integration \(Self.text(integrationTime))" }
    if let cause { line += ": \(cause.printable)" }
    return line
  }

  private static func text(_ duration: Duration) -> String { String(format: "%.1f ms", duration.milliseconds) }
}

extension String {
  /// Without characters that move a terminal's cursor, which a caller could have put into a path.
  fileprivate var printable: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }
}
