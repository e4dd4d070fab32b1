internal import Platform
package import RawJSON

/// Why an event holds no request that can be served.
package struct ProxyRequestError: Error, Sendable, CustomStringConvertible {
  /// What is wrong.
  package let reason: Reason
  /// The sender, who wants the answer in its own form; a REST API when the event does not tell.
  package let shape: ProxyShape

  init(_ reason: Reason, shape: ProxyShape) {
    self.reason = reason
    self.shape = shape
  }

  /// The faults of events.
  package enum Reason: Hashable, Sendable {
    /// The event is no JSON object.
    case notAnObject(JSONError)
    /// The event is of a kind that is not an HTTP request.
    case foreign(ForeignEvent)
    /// None of the senders writes such an event.
    case unknownSender
    /// A member that is used has another type than its sender gives it.
    case malformed(JSONError)
    /// The body is no string, or no text.
    case badBody(JSONError)
    /// The body is said to be Base64 and is not.
    case badBase64
    /// A `%` in the path without two hexadecimal digits, or escapes that are not UTF-8.
    case badPercentEscape(String)
  }

  /// One line for the caller.
  package var description: String {
    switch reason {
    case .notAnObject(let error):
      "The event is not a JSON object: \(error). Send a proxy event of API Gateway, a function URL or a load balancer."
    case .foreign(let event):
      "The event is \(event), not an HTTP request. This function submits AWS Batch jobs for HTTP requests: invoke it from "
        + "API Gateway, a function URL or a load balancer, and take it off the trigger that sent this event."
    case .unknownSender:
      "The event is no proxy event of API Gateway, a function URL or a load balancer: it has neither httpMethod and "
        + "path, nor requestContext.http.method and rawPath."
    case .malformed(let error): "The event is not as its sender writes it: \(error)."
    case .badBody(let error): "The body in the event can't be read: \(error)."
    case .badBase64: "The body is marked isBase64Encoded and is not Base64 (RFC 4648, padded)."
    case .badPercentEscape(let text):
      "\(text.quoted) in the path has a bad percent-escape: write % followed by two hexadecimal digits, of UTF-8 bytes."
    }
  }
}
