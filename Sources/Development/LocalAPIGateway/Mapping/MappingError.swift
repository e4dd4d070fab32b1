/// A parameter mapping or pattern that can't be parsed.
struct MappingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, and the fix.
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
