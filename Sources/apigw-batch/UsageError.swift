/// Wrong usage: one line that says what is wrong and ends with what to type.
struct UsageError: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
