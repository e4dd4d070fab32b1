internal import Foundation

/// A write of one item, of the shapes in DynamoDB's model `dynamodb-2012-08-10`.
struct WriteInput: Sendable {
  /// The supported operations, by name.
  enum Operation: String {
    case putItem = "PutItem"
    case updateItem = "UpdateItem"
    case deleteItem = "DeleteItem"
  }

  /// What becomes of the item.
  enum Change: Sendable {
    case put(Item)
    case update([(name: String, value: AttributeValue)])
    case delete
  }

  let tableName: String
  /// The value of the primary key, `id`.
  let id: String
  let change: Change
  /// Nil if the write has no condition.
  let condition: Condition?
  /// Whether the error of a failed condition has the current item.
  let returnsItem: Bool

  /// The name of the primary key.
  static let keyName = "id"

  /// Parses a request's body.
  init(parsing body: [UInt8], operation: Operation) throws(TableError) {
    let members = try Members(parsing: body)
    try members.check(operation)
    guard let tableName = members.TableName else { throw .validation("TableName is required") }
    var expressions = ExpressionReader(
      names: members.ExpressionAttributeNames, values: members.ExpressionAttributeValues)
    switch operation {
    case .putItem:
      guard let item = members.Item else { throw .validation("Item is required") }
      id = try Self.id(in: item)
      change = .put(item)
    case .updateItem:
      id = try members.keyID
      guard let update = members.UpdateExpression else { throw .validation("UpdateExpression is required here") }
      change = .update(try expressions.update(update))
    case .deleteItem:
      id = try members.keyID
      change = .delete
    }
    condition = try members.ConditionExpression.map { text throws(TableError) in try expressions.condition(text) }
    try expressions.checkAllUsed()
    self.tableName = tableName
    returnsItem = members.ReturnValuesOnConditionCheckFailure == "ALL_OLD"
  }

  fileprivate static func id(in item: Item) throws(TableError) -> String {
    guard case .string(let id)? = item[keyName] else {
      throw .validation("One or more parameter values were invalid: Missing the key \(keyName) in the item")
    }
    guard !id.isEmpty else {
      throw .validation(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
          + "string value. Key: \(keyName)")
    }
    return id
  }
}

/// The members of a request, spelled as in the model.
private struct Members: Decodable {
  let TableName: String?
  let Item: Item?
  let Key: Item?
  let UpdateExpression: String?
  let ConditionExpression: String?
  let ExpressionAttributeNames: [String: String]?
  let ExpressionAttributeValues: Item?
  let ReturnValuesOnConditionCheckFailure: String?

  init(parsing body: [UInt8]) throws(TableError) {
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(body))
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context)
    {
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      throw path.isEmpty
        ? .serialization("the request body is not a JSON object")
        : .serialization("\(path) has an invalid value: \(context.debugDescription)")
    } catch let error as TableError {
      throw error
    } catch {
      throw .serialization("the request body is not a JSON object")
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnyKey.self)
    for key in container.allKeys where CodingKeys(stringValue: key.stringValue) == nil {
      throw TableError.validation("\(key.stringValue) is not supported here")
    }
    let members = try decoder.container(keyedBy: CodingKeys.self)
    TableName = try members.decodeIfPresent(String.self, forKey: .TableName)
    Item = try members.decodeIfPresent([String: AttributeValue].self, forKey: .Item)
    Key = try members.decodeIfPresent([String: AttributeValue].self, forKey: .Key)
    UpdateExpression = try members.decodeIfPresent(String.self, forKey: .UpdateExpression)
    ConditionExpression = try members.decodeIfPresent(String.self, forKey: .ConditionExpression)
    ExpressionAttributeNames = try members.decodeIfPresent([String: String].self, forKey: .ExpressionAttributeNames)
    ExpressionAttributeValues = try members.decodeIfPresent(
      [String: AttributeValue].self, forKey: .ExpressionAttributeValues)
    ReturnValuesOnConditionCheckFailure = try members.decodeIfPresent(
      String.self, forKey: .ReturnValuesOnConditionCheckFailure)
  }

  private enum CodingKeys: String, CodingKey {
    case TableName, Item, Key, UpdateExpression, ConditionExpression, ExpressionAttributeNames,
      ExpressionAttributeValues, ReturnValuesOnConditionCheckFailure
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Rejects members that another operation has.
  func check(_ operation: WriteInput.Operation) throws(TableError) {
    let foreign: [(String, Bool)] =
      switch operation {
      case .putItem: [("Key", Key != nil), ("UpdateExpression", UpdateExpression != nil)]
      case .updateItem: [("Item", Item != nil)]
      case .deleteItem: [("Item", Item != nil), ("UpdateExpression", UpdateExpression != nil)]
      }
    if let (name, _) = foreign.first(where: { $0.1 }) {
      throw .validation("\(operation.rawValue) has no member \(name)")
    }
  }

  /// The value of the primary key in `Key`, which must have nothing else.
  var keyID: String {
    get throws(TableError) {
      guard let key = Key else { throw .validation("Key is required") }
      guard key.count == 1 else { throw .validation("The provided key element does not match the schema") }
      return try WriteInput.id(in: key)
    }
  }
}
