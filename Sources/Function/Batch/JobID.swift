internal import Platform

/// The id of a job: a UUID in lower case, followed by `:` and an index for one of an array job's children.
package struct JobID: Equatable, Sendable, CustomStringConvertible {
  /// The id.
  package let description: String
  /// The id of the array job that this is a child of; nil for any other job.
  package let array: String?

  /// Nil if the text is not a valid id.
  package init?(_ text: String) {
    let uuid = text.utf8.prefix { $0 != UInt8(ascii: ":") }
    guard uuid.count == 36, uuid.enumerated().allSatisfy({ Self.isValid($1, at: $0) }) else { return nil }
    description = text
    guard uuid.endIndex < text.utf8.endIndex else {
      array = nil
      return
    }
    let index = text.utf8[uuid.endIndex...].dropFirst()
    // An array has at most 10,000 jobs.
    guard (1...4).contains(index.count), index.allSatisfy(\.isDigit),
      index.count == 1 || index.first != UInt8(ascii: "0")
    else { return nil }
    array = String(Substring(uuid))
  }

  private static func isValid(_ byte: UInt8, at offset: Int) -> Bool {
    switch offset {
    case 8, 13, 18, 23: byte == UInt8(ascii: "-")
    default: byte.hexadecimalValue != nil && byte == byte.asciiLowercased
    }
  }
}
