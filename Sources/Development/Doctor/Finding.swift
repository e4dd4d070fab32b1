internal import Foundation

/// A finding of `apigw-batch doctor`: a line that ends with the next command to run, unless nothing needs fixing.
package struct Finding: Hashable, Sendable, CustomStringConvertible {
  /// The severity of a finding.
  package enum Verdict: String, Sendable {
    /// Nothing needs fixing.
    case ok
    /// Something is wrong.
    case fail
    /// It works or may work, but is worth a look.
    case warn
    /// It couldn't be checked.
    case skip
  }

  /// The severity.
  package let verdict: Verdict
  let text: String
  /// The command to run next; nil if nothing needs fixing.
  let command: String?

  static func ok(_ text: String) -> Finding { Finding(verdict: .ok, text: text, command: nil) }

  static func fail(_ text: String, run command: String) -> Finding {
    Finding(verdict: .fail, text: text, command: command)
  }

  static func warn(_ text: String, run command: String) -> Finding {
    Finding(verdict: .warn, text: text, command: command)
  }

  static func skip(_ text: String, run command: String) -> Finding {
    Finding(verdict: .skip, text: text, command: command)
  }

  /// The line. Line breaks in quoted texts become spaces.
  package var description: String {
    let line =
      verdict.rawValue.padding(toLength: 6, withPad: " ", startingAt: 0) + text
      + (command.map { "; run: \($0)" } ?? "")
    return line.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
