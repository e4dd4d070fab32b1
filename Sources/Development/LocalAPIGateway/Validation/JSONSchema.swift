internal import JSONTree

/// A model: a schema of [JSON Schema draft 4](https://datatracker.ietf.org/doc/html/draft-fge-json-schema-validation-00).
///
/// As in draft 4, `1.0` is a number but not an integer, and is equal to `1`. `format` isn't checked; keywords that
/// draft 4 doesn't define (`nullable`, `discriminator`, `example`) are ignored.
struct JSONSchema: Sendable {
  /// The schema itself, followed by those that it refers to.
  let schemas: [Schema]

  /// Parses a schema. Its references, such as `#/definitions/Job`, point into the schema itself.
  init(_ schema: JSON) throws(JSONSchemaError) {
    var reader = JSONSchemaReader(document: schema)
    schemas = try reader.read()
  }
}

/// A schema within a model.
indirect enum Schema: Sendable {
  /// `$ref`, as an index of `JSONSchema.schemas`. Draft 4 ignores keywords next to it.
  case reference(Int)
  case keywords(SchemaKeywords)
}

/// The keywords of a schema.
struct SchemaKeywords: Sendable {
  /// The checks of a value itself, in the keywords' alphabetical order, which is that of the messages.
  var checks: [SchemaCheck] = []
  /// `properties`.
  var properties: [ComparedJSON.Text: Schema] = [:]
  /// `patternProperties`.
  var patternProperties: [(pattern: ECMAPattern, schema: Schema)] = []
  /// `additionalProperties`, if it is a schema.
  var additionalProperties: Schema?
  /// `items`, if it is a list of schemas.
  var firstItems: [Schema] = []
  /// `items`, if it is a schema; or else `additionalItems`, if that is one.
  var otherItems: Schema?

  /// The schemas of a property.
  func schemas(ofProperty name: String) -> [Schema] {
    var schemas = patternProperties.filter { $0.pattern.isFound(in: name) }.map(\.schema)
    if let schema = properties[Array(name.utf8)] { schemas.insert(schema, at: 0) }
    return schemas
  }
}

/// A keyword's check of a value.
enum SchemaCheck: Sendable {
  /// `additionalItems: false`: the number of items that have schemas.
  case additionalItems(Int)
  /// `additionalProperties: false`.
  case additionalProperties
  case allOf([Schema])
  case anyOf([Schema])
  case dependencies([Dependency])
  case oneOf([Schema])
  case not(Schema)
  /// The values as written in the schema, and in comparable form.
  case `enum`(JSON, Set<ComparedJSON>)
  case maxItems(Int)
  case minItems(Int)
  case uniqueItems
  case maxLength(Int)
  case minLength(Int)
  case pattern(ECMAPattern)
  case maxProperties(Int)
  case minProperties(Int)
  /// The names, sorted.
  case required([String])
  case maximum(Bound)
  case minimum(Bound)
  case multipleOf(Bound)
  case type([JSONType])

  /// A number, as written and by value.
  struct Bound: Sendable {
    let text: String
    let number: DecimalNumber
    /// Whether the bound itself is excluded.
    var isExclusive = false
  }

  /// What an object with a certain property also needs.
  enum Dependency: Sendable {
    /// Other properties, sorted.
    case properties(String, [String])
    /// A schema for the object.
    case schema(String, Schema)
  }
}

/// The primitive types of draft 4, in the order of messages.
enum JSONType: String, Sendable, CaseIterable {
  case array, boolean, integer, null, number, object, string

  /// The type of a value. An integer has neither a fraction nor an exponent.
  init(of value: JSON) {
    switch value {
    case .null: self = .null
    case .boolean: self = .boolean
    case .number(let text): self = text.contains { ".eE".contains($0) } ? .number : .integer
    case .string: self = .string
    case .array: self = .array
    case .object: self = .object
    }
  }
}

/// A problem in a model that makes it an invalid schema of JSON Schema draft 4.
struct JSONSchemaError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The JSON pointer of the problem, such as `#/components/schemas/Job/properties/name/pattern`.
  let location: String
  /// What is wrong there, and the fix.
  let problem: String

  var description: String { "\(location): \(problem)" }
}
