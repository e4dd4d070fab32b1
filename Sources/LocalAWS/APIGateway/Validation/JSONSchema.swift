/// A model: a schema of JSON Schema draft 4.
struct JSONSchema: Sendable {
  let schema: JSON

  init(_ schema: JSON) {
    self.schema = schema
  }
}
