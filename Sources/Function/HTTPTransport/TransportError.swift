internal import Platform

/// The failure of a request that got no complete response.
package struct TransportError: Error, Equatable, CustomStringConvertible {
  /// Whether the request was, or may have been, on the wire. If false, the server can't have seen it.
  package let requestWasSent: Bool
  /// What went wrong, for a person to read; no decision depends on it.
  package let cause: Cause
  /// libcurl's own message, with the user info of any URL in it redacted.
  package let message: String

  /// A failure.
  package init(requestWasSent: Bool, cause: Cause, message: String) {
    self.requestWasSent = requestWasSent
    self.cause = cause
    self.message = message.redactingUserInfo
  }

  /// One line: the cause, libcurl's message, and the remedy if there is one.
  package var description: String {
    "\(cause.rawValue) (\(message))" + (cause.advice.map { ". \($0)" } ?? "")
  }
}

extension TransportError {
  /// The causes that a log line distinguishes.
  package enum Cause: String, Sendable {
    /// The deadline, or the time limit for connecting, has passed.
    case timedOut = "timed out"
    /// The host's name, or the proxy's, has no address.
    case hostNotFound = "no such host"
    /// No connection, for any other reason.
    case notConnected = "can't connect"
    /// The certificate does not name the host.
    case wrongName = "TLS: the certificate is for another name"
    /// No CA in the bundle has signed the certificate.
    case unknownAuthority = "TLS: the certificate is from an unknown CA"
    /// The certificate is not currently valid.
    case expired = "TLS: the certificate has expired or is not valid yet"
    /// The CA bundle is missing or not valid PEM.
    case unusableBundle = "TLS: the CA bundle can't be read"
    /// The two sides have no TLS version or cipher in common, or the server sent an alert.
    case tls = "TLS refused"
    /// A kept connection died before the response, and libcurl was prevented from sending the request again.
    case notResent = "the connection was lost, and the request is not sent twice"
    /// More bytes followed the response on a reused connection, so that it may be another request's response.
    case doubtful = "the response may be another request's"
    /// The response's body is larger than the client accepts.
    case tooLarge = "the response is too large"
    /// The connection ended in the middle of the request or its response.
    case interrupted = "the connection was lost"
  }
}

extension TransportError.Cause {
  /// What the function's owner can do about it; nil if the cause says enough.
  var advice: String? {
    switch self {
    case .wrongName: "Check the endpoint URL: its certificate must name its host."
    case .unknownAuthority: "Set AWS_CA_BUNDLE to a PEM file with the CA that signed the endpoint's certificate."
    case .expired: "Renew the endpoint's certificate, or check this machine's clock."
    case .unusableBundle: "Set AWS_CA_BUNDLE to a PEM file of CA certificates."
    default: nil
    }
  }
}
