/// An error of DynamoDB, or of AWS's front door. Its HTTP status is 400, as for every error of a client.
struct TableError: Error, Equatable {
  /// The error's name, such as `ResourceNotFoundException`.
  let code: String
  let message: String
  /// The namespace in front of the name in `__type`.
  var namespace = "com.amazonaws.dynamodb.v20120810"
  /// The current item, if its condition failed and the request asks for it.
  var item: Item?

  /// The namespace of errors that concern every service.
  static let frontDoor = "com.amazon.coral.service"

  /// The operation isn't one of those that the function uses.
  static func unknownOperation(_ name: String) -> TableError {
    let given = name.isEmpty ? "a request without X-Amz-Target" : name
    return TableError(
      code: "UnknownOperationException",
      message: "\(given) is not supported here; this table supports PutItem, UpdateItem and DeleteItem.",
      namespace: frontDoor)
  }

  /// The body isn't a JSON object of the expected shape.
  static func serialization(_ message: String) -> TableError {
    TableError(code: "SerializationException", message: message, namespace: frontDoor)
  }

  /// A member is missing, invalid or not supported here.
  static func validation(_ message: String) -> TableError {
    TableError(code: "ValidationException", message: message, namespace: "com.amazon.coral.validate")
  }

  /// The table doesn't exist.
  static let noTable = TableError(code: "ResourceNotFoundException", message: "Requested resource not found")

  /// The condition doesn't hold.
  static func conditionFailed(_ item: Item?) -> TableError {
    TableError(
      code: "ConditionalCheckFailedException", message: "The conditional request failed", item: item)
  }
}

extension TableError: Encodable {
  private enum CodingKeys: String, CodingKey {
    case type = "__type"
    case message
    case item = "Item"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("\(namespace)#\(code)", forKey: .type)
    try container.encode(message, forKey: .message)
    try container.encodeIfPresent(item, forKey: .item)
  }
}
