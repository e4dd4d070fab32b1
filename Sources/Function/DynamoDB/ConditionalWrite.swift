internal import RawJSON

/// A write of one item that is applied only under a condition on the item's current attributes.
package struct ConditionalWrite: Sendable {
  /// The operations that write one item; a raw value is the operation's name, as in an IAM action.
  package enum Operation: String, Sendable {
    case putItem = "PutItem"
    case updateItem = "UpdateItem"
    case deleteItem = "DeleteItem"
  }

  /// An attribute's value: a string, or a number.
  package enum Value: Equatable, Sendable {
    case string(String)
    case number(Int)
  }

  /// An attribute or a placeholder, with its value.
  package typealias Attribute = (name: StaticString, value: Value)

  /// The operation.
  package let operation: Operation
  /// The item of a PutItem; the key of the others.
  private let attributes: [Attribute]
  private let update: String?
  private let condition: String
  /// The names in the expressions, each written `#name` there: many of DynamoDB's reserved words are good names.
  private let names: [StaticString]
  /// The placeholders in the expressions, such as `:now`.
  private let values: [Attribute]

  /// Puts an item.
  package static func put(
    _ item: [Attribute], if condition: String, names: [StaticString], values: [Attribute]
  ) -> ConditionalWrite {
    ConditionalWrite(
      operation: .putItem, attributes: item, update: nil, condition: condition, names: names, values: values)
  }

  /// Updates the item with a key.
  package static func update(
    key: Attribute, _ update: String, if condition: String, names: [StaticString], values: [Attribute]
  ) -> ConditionalWrite {
    ConditionalWrite(
      operation: .updateItem, attributes: [key], update: update, condition: condition, names: names, values: values)
  }

  /// Deletes the item with a key.
  package static func delete(
    key: Attribute, if condition: String, names: [StaticString], values: [Attribute]
  ) -> ConditionalWrite {
    ConditionalWrite(
      operation: .deleteItem, attributes: [key], update: nil, condition: condition, names: names, values: values)
  }

  /// The request's body; a failed condition returns the current item.
  func body(table: String) -> [UInt8] {
    var writer = JSONWriter(capacity: 1024)
    writer.member("TableName", table)
    writer.object(operation == .putItem ? "Item" : "Key") { $0.attributes(attributes) }
    if let update { writer.member("UpdateExpression", update) }
    writer.member("ConditionExpression", condition)
    writer.object("ExpressionAttributeNames") { writer in
      for name in names { writer.member(name, String(describing: name).droppingHash) }
    }
    writer.object("ExpressionAttributeValues") { $0.attributes(values) }
    writer.member("ReturnValuesOnConditionCheckFailure", "ALL_OLD")
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func attributes(_ attributes: [ConditionalWrite.Attribute]) {
    for (name, value) in attributes {
      object(name) { writer in
        switch value {
        case .string(let text): writer.member("S", text)
        case .number(let number): writer.member("N", String(number))
        }
      }
    }
  }
}

extension String {
  /// The name of the attribute that `#name` stands for.
  fileprivate var droppingHash: String { String(Substring(utf8.drop { $0 == UInt8(ascii: "#") })) }
}
