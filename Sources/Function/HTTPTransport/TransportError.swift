internal import Platform

/// A request that got no whole answer.
package struct TransportError: Error, Hashable, CustomStringConvertible {
  /// Whether the request was, or may have been, on the wire. When it was not, the server surely has not seen it.
  package let requestWasSent: Bool
  /// What went wrong, for a person; what to do about it does not depend on this.
  package let cause: Cause
  /// libcurl's own words, without the user info of a URL that they quote.
  package let message: String

  /// A failure.
  package init(requestWasSent: Bool, cause: Cause, message: String) {
    self.requestWasSent = requestWasSent
    self.cause = cause
    self.message = message.redactingUserInfo
  }

  /// One line: the cause, libcurl's own words, and what to do where there is something.
  package var description: String {
    "\(cause.rawValue) (\(message))" + (cause.advice.map { ". \($0)" } ?? "")
  }
}

extension TransportError {
  /// The causes that a log line tells apart.
  package enum Cause: String, Sendable {
    /// The deadline, or the limit for making a connection, has passed.
    case timedOut = "timed out"
    /// The host's name, or the proxy's, has no address.
    case hostNotFound = "no such host"
    /// No connection, for any other reason.
    case notConnected = "can't connect"
    /// The certificate does not name the host.
    case wrongName = "TLS: the certificate is for another name"
    /// No CA of the bundle has signed the certificate.
    case unknownAuthority = "TLS: the certificate is from an unknown CA"
    /// The certificate is not valid now.
    case expired = "TLS: the certificate has expired or is not valid yet"
    /// The CA bundle is not there, or is none.
    case unusableBundle = "TLS: the CA bundle can't be read"
    /// The two sides agree on no version or cipher of TLS, or the server sent an alert.
    case tls = "TLS refused"
    /// A kept connection died before an answer, and libcurl was kept from sending the request again.
    case notResent = "the connection was lost, and the request is not sent twice"
    /// More came on a reused connection after the response, which may therefore be another request's.
    case doubtful = "the response may be another request's"
    /// The answer's body is larger than the client takes.
    case tooLarge = "the answer is too large"
    /// The connection ended in the middle of the request or its answer.
    case interrupted = "the connection was lost"
  }
}

extension TransportError.Cause {
  /// What the function's owner may do about it; nil where the cause says it all.
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
