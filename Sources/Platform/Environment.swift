internal import Glibc

/// The environment variables of a process, as a parameter.
///
/// An empty variable counts as unset, as the AWS SDKs treat it.
public struct Environment: Sendable {
  private let lookup: @Sendable (String) -> String?

  /// An environment of just these variables.
  public init(_ variables: [String: String]) {
    self.lookup = { variables[$0] }
  }

  private init(lookup: @escaping @Sendable (String) -> String?) {
    self.lookup = lookup
  }

  /// The variables of this process, read when they are asked for.
  public static let process = Environment { name in
    getenv(name).map { String(cString: $0) }
  }

  /// The value of a variable, or nil when it is unset or empty.
  public subscript(name: String) -> String? {
    guard let value = lookup(name), !value.isEmpty else { return nil }
    return value
  }
}

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
