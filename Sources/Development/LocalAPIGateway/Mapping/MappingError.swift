/// Why an expression of a parameter mapping, or a pattern, can't be read.
struct MappingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, and what to write instead.
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
