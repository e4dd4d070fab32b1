/// Wrong usage, or what is missing around it: one line that says what is wrong and ends with what to type.
struct UsageError: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  let text: String
  /// What to type; nil when the text ends with that.
  let command: String?

  init(_ text: String, type command: String? = nil) {
    self.text = text
    self.command = command
  }

  var description: String { text + (command.map { "; type: \($0)" } ?? "") }
}
