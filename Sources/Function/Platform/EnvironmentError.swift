/// A variable whose value can't be used: the function does not start with it.
public struct EnvironmentError: Error, Equatable, CustomStringConvertible {
  /// The variable's name.
  public let variable: String
  /// What is wrong with its value, and what to set instead.
  public let reason: String

  /// An error about one variable.
  public init(_ variable: String, _ reason: String) {
    self.variable = variable
    self.reason = reason
  }

  /// One line that names the variable.
  public var description: String { "\(variable): \(reason)" }
}
