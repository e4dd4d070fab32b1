/// A key pair that signs requests, with a session token if it is temporary.
package struct AWSCredentials: Equatable, Sendable {
  /// The access key id, which is public and sent with every request.
  package let accessKeyID: String
  /// The secret access key, which signs requests and is never sent.
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
  /// Contains only the access key id, so that no secret reaches a log.
  package var description: String { "AWSCredentials(accessKeyID: \(accessKeyID))" }
  /// The same as `description`.
  package var debugDescription: String { description }
  /// Shows only the access key id to `dump`.
  package var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}
