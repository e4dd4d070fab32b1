internal import Glibc

/// The environment variables of a process, as a parameter.
///
/// An empty variable counts as unset, as in the AWS SDKs; `isEmpty(_:)` tells the two apart.
package struct Environment: Sendable {
  private let lookup: @Sendable (String) -> String?

  /// An environment of just these variables.
  package init(_ variables: [String: String]) {
    self.lookup = { variables[$0] }
  }

  private init(lookup: @escaping @Sendable (String) -> String?) {
    self.lookup = lookup
  }

  /// The variables of this process, each read when it is looked up.
  package static let process = Environment { name in
    getenv(name).map { String(cString: $0) }
  }

  /// A copy with one variable replaced.
  package func setting(_ name: String, to value: String) -> Environment {
    Environment { $0 == name ? value : lookup($0) }
  }

  /// The value of a variable, or nil when it is unset or empty.
  package subscript(name: String) -> String? {
    guard let value = lookup(name), !value.isEmpty else { return nil }
    return value
  }

  /// Whether a variable is set to the empty string: for lists, where empty and unset mean opposite things.
  package func isEmpty(_ name: String) -> Bool {
    lookup(name)?.isEmpty == true
  }
}

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
