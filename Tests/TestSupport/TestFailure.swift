internal import Glibc

/// The reason why a test can't run, with the remedy.
package struct TestFailure: Error, CustomStringConvertible {
  /// The failure, in one or a few lines.
  package let description: String

  /// A failure with this description.
  package init(_ description: String) {
    self.description = description
  }

  /// A failed system call, with the reason in `errno`.
  static func system(_ call: String, code: Int32 = errno) -> TestFailure {
    TestFailure("\(call): \(String(cString: strerror(code)))")
  }
}
