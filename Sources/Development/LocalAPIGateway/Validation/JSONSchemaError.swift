/// A problem in a model that makes it an invalid schema of JSON Schema draft 4.
struct JSONSchemaError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The JSON pointer of the problem, such as `#/components/schemas/Job/properties/name/pattern`.
  let location: String
  /// What is wrong there, and the fix.
  let problem: String

  var description: String { "\(location): \(problem)" }
}
