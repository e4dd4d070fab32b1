/// An environment variable that is missing or has an unusable value, so that the function can't start.
package struct EnvironmentError: Error, Equatable, CustomStringConvertible {
  /// The variable's name.
  package let variable: String
  /// What is wrong with its value, and what to set instead.
  package let reason: String

  /// An error about one variable.
  package init(_ variable: String, _ reason: String) {
    self.variable = variable
    self.reason = reason
  }

  /// One line that names the variable.
  package var description: String { "\(variable): \(reason)" }
}
