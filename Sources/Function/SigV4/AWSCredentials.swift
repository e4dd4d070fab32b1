/// A key pair that signs requests, with the session token that temporary keys carry.
package struct AWSCredentials: Hashable, Sendable {
  /// The access key id: public, sent with every request.
  package let accessKeyID: String
  /// The secret access key: signs, and is never sent.
  package let secretAccessKey: String
  /// The session token of temporary credentials, sent and signed as `X-Amz-Security-Token`.
  package let sessionToken: String?

  /// A key pair, temporary when it has a session token.
  package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
  }
}

extension AWSCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Names the access key alone: a credential never reaches a log.
  package var description: String { "AWSCredentials(accessKeyID: \(accessKeyID))" }
  /// The same as `description`.
  package var debugDescription: String { description }
  /// Shows the access key alone to `dump`.
  package var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}
