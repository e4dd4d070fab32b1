/// A request that got no whole answer.
public struct TransportError: Error, Hashable, CustomStringConvertible {
  /// Whether the request was, or may have been, on the wire. When it was not, the server surely has not seen it.
  public let requestWasSent: Bool
  /// What went wrong, for a person; what to do about it does not depend on this.
  public let cause: Cause
  /// libcurl's own words.
  public let message: String

  /// A failure.
  public init(requestWasSent: Bool, cause: Cause, message: String) {
    self.requestWasSent = requestWasSent
    self.cause = cause
    self.message = message
  }

  /// One line: the cause, libcurl's own words, and what to do where there is something.
  public var description: String {
    "\(cause.rawValue) (\(message))" + (cause.advice.map { ". \($0)" } ?? "")
  }
}

extension TransportError {
  /// The causes that a log line tells apart.
  public enum Cause: String, Sendable {
    case timedOut = "timed out"
    case hostNotFound = "no such host"
    case notConnected = "can't connect"
    case wrongName = "TLS: the certificate is for another name"
    case unknownAuthority = "TLS: the certificate is from an unknown CA"
    case expired = "TLS: the certificate has expired or is not valid yet"
    case unusableBundle = "TLS: the CA bundle can't be read"
    case tls = "TLS refused"
    case notResent = "the connection was lost, and the request is not sent twice"
    case tooLarge = "the answer is too large"
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
