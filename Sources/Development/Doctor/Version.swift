/// The version of a program or library: numbers separated by dots.
struct Version: Comparable, CustomStringConvertible, ExpressibleByArrayLiteral {
  let numbers: [Int]

  init(arrayLiteral numbers: Int...) {
    self.numbers = numbers
  }

  /// The first version in a text, such as `aws-cli/2.9.19 Python/3.11`; it must have at least two numbers.
  init?(in text: String) {
    guard let match = text.firstMatch(of: /[0-9]+(\.[0-9]+)+/) else { return nil }
    numbers = match.output.0.split(separator: ".").compactMap { Int($0) }
  }

  var description: String { numbers.map(String.init).joined(separator: ".") }

  static func < (one: Version, other: Version) -> Bool { one.numbers.lexicographicallyPrecedes(other.numbers) }
}
