/// A key pair that signs requests, with the session token that temporary keys carry.
public struct AWSCredentials: Hashable, Sendable {
  /// The access key id: public, sent with every request.
  public let accessKeyID: String
  /// The secret access key: signs, and is never sent.
  public let secretAccessKey: String
  /// The session token of temporary credentials, sent and signed as `X-Amz-Security-Token`.
  public let sessionToken: String?

  /// A key pair, temporary when it has a session token.
  public init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
  }
}

extension AWSCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Names the access key alone: a credential never reaches a log.
  public var description: String { "AWSCredentials(accessKeyID: \(accessKeyID))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Shows the access key alone to `dump`.
  public var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}
