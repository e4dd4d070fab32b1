internal import Foundation

extension ScriptedServer.Reply {
  /// Writes the item.
  package static let written = ScriptedServer.Reply.answer(
    .init(200, headers: [("Content-Type", "application/x-amz-json-1.0")], "{}"))

  /// Refuses to write, because the condition fails; with the current item, nil if there is none.
  package static func conditionFailed(_ item: [String: [String: String]]?) -> ScriptedServer.Reply {
    var body: [String: Any] = ["message": "The conditional request failed"]
    body["Item"] = item
    return dynamoDBError(400, "ConditionalCheckFailedException", body)
  }

  /// Responds with an error in DynamoDB's format: all of it in the body, the name with its namespace.
  package static func dynamoDBError(
    _ status: Int, _ name: String, _ members: [String: Any] = [:]
  ) -> ScriptedServer.Reply {
    let body = members.merging(["__type": "com.amazonaws.dynamodb.v20120810#\(name)"]) { $1 }
    return .answer(.init(status, headers: [("Content-Type", "application/x-amz-json-1.0")], JSONText.bytes(body)))
  }
}

extension ScriptedServer.Request {
  /// The DynamoDB operation, such as `PutItem`; empty for another service's request.
  package var operation: String {
    header("X-Amz-Target").map { String($0.drop { $0 != "." }.dropFirst()) } ?? ""
  }

  /// An object in the body, such as the item of a PutItem.
  package func object(_ name: String) -> [String: [String: String]] {
    json[name] as? [String: [String: String]] ?? [:]
  }
}
