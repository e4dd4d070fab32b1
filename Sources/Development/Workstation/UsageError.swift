internal import Platform

/// A usage error, or something missing on the machine: one line that says what is wrong and how to fix it.
package struct UsageError: Error, Equatable, CustomStringConvertible {
  /// The problem, in words.
  package let text: String
  /// The command that fixes it; nil if the text says how.
  package let command: String?

  /// An error that ends with a command to run, unless the text already says what to do.
  package init(_ text: String, run command: String? = nil) {
    self.text = text
    self.command = command
  }

  /// The line: the problem, then the command.
  package var description: String { text + (command.map { "; run: \($0)" } ?? "") }
}

extension String {
  /// This text as one shell word, quoted if necessary.
  package var shellQuoted: String { shellQuoted(always: false) }

  /// This text as one shell word, quoted if necessary or always.
  package func shellQuoted(always: Bool) -> String {
    let isPlain =
      !isEmpty && !always
      && utf8.allSatisfy { $0.isAlphanumeric || "-_./:=@%+,".utf8.contains($0) }
    return isPlain ? self : "'\(replacing("'", with: "'\\''"))'"
  }
}
