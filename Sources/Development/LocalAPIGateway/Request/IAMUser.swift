internal import JSONTree
internal import LocalServer
internal import Platform
internal import SAMTemplate

/// A user of the account, as whom IAM authorization has identified a request's sender.
package struct IAMUser: Hashable, Sendable {
  /// The user's name: letters, digits and hyphens.
  package let name: String

  /// The user with a name.
  package init(name: String) {
    self.name = name
  }

  /// The user's ARN, such as `arn:aws:iam::123456789012:user/ann`.
  package var arn: String { Account.arn("iam", "user/\(name)", in: "us-east-1", isGlobal: true) }

  private var id: String { "AIDA\(StableID.of("\(name) user", length: 16).uppercased())" }
  private var accessKeyID: String { "AKIA\(StableID.of("\(name) key", length: 16).uppercased())" }

  /// A member of `identity`, under its name in a REST API; nil for one that IAM authorization leaves empty.
  func identity(_ name: String) -> String? {
    switch name {
    case "accessKey": accessKeyID
    case "accountId": Account.id
    case "caller", "user": id
    case "userArn": arn
    default: nil
    }
  }

  /// `authorizer` in the events of payload format 2.0.
  var authorizer: JSON {
    .members([
      "iam": .members([
        "accessKey": .string(accessKeyID),
        "accountId": .string(Account.id),
        "callerId": .string(id),
        "cognitoIdentity": .null,
        "principalOrgId": .null,
        "userArn": .string(arn),
        "userId": .string(id),
      ])
    ])
  }
}
