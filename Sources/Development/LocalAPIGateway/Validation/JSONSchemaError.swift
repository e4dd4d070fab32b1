/// A model that is no schema of JSON Schema draft 4: where, and what to do about it.
struct JSONSchemaError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The place as a JSON pointer, such as `#/components/schemas/Job/properties/name/pattern`.
  let location: String
  /// What is wrong there, and what to type instead.
  let problem: String

  var description: String { "\(location): \(problem)" }
}
