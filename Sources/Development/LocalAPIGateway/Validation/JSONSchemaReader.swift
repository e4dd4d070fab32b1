internal import Foundation
internal import JSONTree

/// Parses a model's schema and those that it refers to.
struct JSONSchemaReader {
  /// The whole schema, into which references point.
  let document: JSON
  /// The indexes of the schemas that are referred to, by pointer. The model itself has index 0.
  private var indexes: [String: Int] = [:]
  /// The pointers of schemas that haven't been parsed yet.
  private var unread: [String] = []

  init(document: JSON) {
    self.document = document
  }

  /// The schema, followed by those that it refers to.
  mutating func read() throws(JSONSchemaError) -> [Schema] {
    var locations = ["#"]
    indexes["#"] = 0
    var schemas = [try read(document, "#")]
    while !unread.isEmpty {
      let pointer = unread.removeFirst()
      schemas.append(try read(try target(of: pointer), pointer))
      locations.append(pointer)
    }
    for index in schemas.indices where schemas.refersToItself(index) {
      throw JSONSchemaError(
        location: locations[index],
        problem: "refers to itself for the same value; refer to it only from a property or an item")
    }
    return schemas
  }

  /// Parses a schema within the model.
  mutating func read(_ schema: JSON, _ location: String) throws(JSONSchemaError) -> Schema {
    guard case .object = schema else { throw JSONSchemaError(location: location, problem: "must be an object") }
    if let reference = schema["$ref"] {
      return .reference(try index(of: reference, SchemaKeyword(reference, "\(location)/$ref")))
    }
    return .keywords(try keywords(of: schema, at: location))
  }

  private mutating func index(of reference: JSON, _ keyword: SchemaKeyword) throws(JSONSchemaError) -> Int {
    let pointer = try keyword.string()
    guard pointer == "#" || pointer.hasPrefix("#/") else {
      throw keyword.error(
        "must be a reference within the document; write #/ and the path, as in #/components/schemas/Job")
    }
    if let index = indexes[pointer] { return index }
    guard resolve(pointer) != nil else { throw keyword.error("refers to \(pointer), which doesn't exist; fix it") }
    indexes[pointer] = indexes.count
    unread.append(pointer)
    return indexes.count - 1
  }

  private func target(of pointer: String) throws(JSONSchemaError) -> JSON {
    guard let schema = resolve(pointer) else {
      throw JSONSchemaError(location: pointer, problem: "doesn't exist; add it")
    }
    return schema
  }

  /// The value at a JSON pointer (RFC 6901) in a URI's fragment.
  private func resolve(_ pointer: String) -> JSON? {
    var value = document
    for step in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      let name = (step.removingPercentEncoding ?? String(step)).pointerUnescaped
      switch value {
      case .object:
        guard let member = value[name] else { return nil }
        value = member
      case .array(let elements):
        guard let index = Int(name), elements.indices.contains(index) else { return nil }
        value = elements[index]
      default: return nil
      }
    }
    return value
  }
}

extension [Schema] {
  /// Whether checking a value against a schema would lead back to the same schema and value, endlessly.
  fileprivate func refersToItself(_ start: Int) -> Bool {
    var seen: Set<Int> = []
    var next = self[start].sameValueReferences
    while let index = next.popLast() {
      if index == start { return true }
      if seen.insert(index).inserted { next += self[index].sameValueReferences }
    }
    return false
  }
}

extension Schema {
  /// The references that are followed for the same value.
  fileprivate var sameValueReferences: [Int] {
    switch self {
    case .reference(let index): [index]
    case .keywords(let keywords): keywords.checks.flatMap(\.sameValueSchemas).flatMap(\.sameValueReferences)
    }
  }
}

extension SchemaCheck {
  fileprivate var sameValueSchemas: [Schema] {
    switch self {
    case .allOf(let schemas), .anyOf(let schemas), .oneOf(let schemas): schemas
    case .not(let schema): [schema]
    case .dependencies(let dependencies):
      dependencies.compactMap { if case .schema(_, let schema) = $0 { schema } else { nil } }
    default: []
    }
  }
}
