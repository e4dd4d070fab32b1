internal import Glibc

/// What keeps a test from running at all, in words that say what to do.
package struct TestFailure: Error, CustomStringConvertible {
  /// The failure, in one line or a few.
  package let description: String

  /// A failure in these words.
  package init(_ description: String) {
    self.description = description
  }

  /// A failed system call, with the reason in `errno`.
  static func system(_ call: String, code: Int32 = errno) -> TestFailure {
    TestFailure("\(call): \(String(cString: strerror(code)))")
  }
}
