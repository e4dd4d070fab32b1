internal import Platform
package import RawJSON

/// The reason why an event can't be served as a request.
package struct ProxyRequestError: Error, Sendable, CustomStringConvertible {
  /// What is wrong.
  package let reason: Reason
  /// The format of the response; a REST API's if the event does not tell its sender.
  package let format: PayloadFormat

  init(_ reason: Reason, format: PayloadFormat) {
    self.reason = reason
    self.format = format
  }

  /// The possible faults of an event.
  package enum Reason: Equatable, Sendable {
    /// The event is not a JSON object.
    case notAnObject(JSONError)
    /// The event is a known kind, but not an HTTP request.
    case foreign(ForeignEvent)
    /// The event matches none of the senders' formats.
    case unknownSender
    /// A member in use has the wrong type.
    case malformed(JSONError)
    /// The body is not a string, or not valid text.
    case badBody(JSONError)
    /// The body is marked as Base64, but is not valid Base64.
    case badBase64
    /// A `%` in the path without two hexadecimal digits, or escapes that are not UTF-8.
    case badPercentEscape(String)
    /// The same in the query.
    case badQueryEscape(String)
  }

  /// One line for the caller.
  package var description: String {
    switch reason {
    case .notAnObject(let error):
      "The event is not a JSON object: \(error). Send a proxy event from API Gateway, a function URL or a load "
        + "balancer."
    case .foreign(let event):
      "The event is \(event), not an HTTP request. This function submits AWS Batch jobs for HTTP requests: invoke it "
        + "from API Gateway, a function URL or a load balancer, and remove the trigger that sent this event."
    case .unknownSender:
      "The event is not a proxy event from API Gateway, a function URL or a load balancer: it has neither httpMethod "
        + "and path, nor requestContext.http.method and rawPath."
    case .malformed(let error): "The event doesn't match its sender's format: \(error)."
    case .badBody(let error): "The body in the event can't be read: \(error)."
    case .badBase64: "The body is marked isBase64Encoded, but is not valid Base64 (RFC 4648, padded)."
    case .badPercentEscape(let text):
      "\(text.quoted) in the path has a bad percent-escape: encode each UTF-8 byte as % and two hexadecimal digits."
    case .badQueryEscape(let text):
      "\(text.quoted) in the query has a bad percent-escape: encode each UTF-8 byte as % and two hexadecimal digits."
    }
  }
}
