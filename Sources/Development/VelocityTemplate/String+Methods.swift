extension String {
  /// The methods of Java's `String`. Indexes and lengths count UTF-16 units.
  func call(_ method: String, _ arguments: [VelocityValue], limit: Int) throws(MethodError) -> VelocityValue {
    switch (method, arguments.count) {
    case ("length", 0): return .integer(utf16.count)
    case ("isEmpty", 0): return .boolean(isEmpty)
    case ("trim", 0): return .string(trimmed)
    case ("toLowerCase", 0): return .string(lowercased())
    case ("toUpperCase", 0): return .string(uppercased())
    case ("charAt", 1):
      let index = try arguments.integer(0)
      return .string(try units(index, index.addingReportingOverflow(1).partialValue))
    case ("substring", 1): return .string(try units(try arguments.integer(0), utf16.count))
    case ("substring", 2), ("subSequence", 2):
      return .string(try units(try arguments.integer(0), try arguments.integer(1)))
    case ("indexOf", 1): return .integer(first(try arguments.string(0), from: 0))
    case ("indexOf", 2): return .integer(first(try arguments.string(0), from: try arguments.integer(1)))
    case ("lastIndexOf", 1): return .integer(last(try arguments.string(0), from: .max))
    case ("lastIndexOf", 2): return .integer(last(try arguments.string(0), from: try arguments.integer(1)))
    case ("startsWith", 1): return .boolean(utf8.starts(with: try arguments.string(0).utf8))
    case ("startsWith", 2):
      let (prefix, start) = (Array(try arguments.string(0).utf16), try arguments.integer(1))
      guard start >= 0, start <= utf16.count else { return .boolean(false) }
      return .boolean(utf16.dropFirst(start).starts(with: prefix))
    case ("endsWith", 1): return .boolean(utf8.reversed().starts(with: try arguments.string(0).utf8.reversed()))
    case ("contains", 1): return .boolean(first(try arguments.string(0), from: 0) >= 0)
    case ("equalsIgnoreCase", 1):
      guard case .string(let other) = arguments[0] else { return .boolean(false) }
      return .boolean(isSame(as: other))
    case ("compareTo", 1): return .integer(compared(to: try arguments.string(0)))
    case ("compareToIgnoreCase", 1):
      return .integer(lowercased().compared(to: try arguments.string(0).lowercased()))
    case ("concat", 1):
      let other = try arguments.string(0)
      guard utf8.count + other.utf8.count <= limit else { throw .tooLong }
      return .string(self + other)
    case ("replace", 2):
      return .string(try replacing(try arguments.string(0), with: try arguments.string(1), limit: limit))
    case ("matches", 1): return .boolean(try JavaPattern(try arguments.string(0)).matches(self))
    case ("replaceAll", 2), ("replaceFirst", 2):
      let pattern = try JavaPattern(try arguments.string(0))
      return .string(
        try pattern.replace(in: self, with: try arguments.string(1), all: method == "replaceAll", limit: limit))
    case ("split", 1), ("split", 2):
      let pattern = try JavaPattern(try arguments.string(0))
      let parts = try pattern.split(self, limit: arguments.count == 2 ? try arguments.integer(1) : 0)
      return .list(parts.map { .string($0) })
    case (let name, _) where Self.methods.contains(name): throw .arguments
    default: throw .unknown
    }
  }

  private static let methods: Set<String> = [
    "length", "isEmpty", "trim", "toLowerCase", "toUpperCase", "charAt", "substring", "subSequence", "indexOf",
    "lastIndexOf", "startsWith", "endsWith", "contains", "equalsIgnoreCase", "compareTo", "compareToIgnoreCase",
    "concat", "replace", "matches", "replaceAll", "replaceFirst", "split", "equals", "toString", "hashCode",
  ]

  /// The string without characters up to U+0020 at either end.
  private var trimmed: String {
    var scalars = unicodeScalars[...]
    while let first = scalars.first, first <= " " { scalars.removeFirst() }
    while let last = scalars.last, last <= " " { scalars.removeLast() }
    return String(scalars)
  }

  private func units(_ start: Int, _ end: Int) throws(MethodError) -> String {
    guard start >= 0, start <= end, end <= utf16.count else {
      throw MethodError("can't read from \(start) to \(end) of \(utf16.count) characters; check length() first")
    }
    return String(decoding: Array(utf16)[start..<end], as: UTF16.self)
  }

  private func first(_ text: String, from start: Int) -> Int {
    let (units, text) = (Array(utf16), Array(text.utf16))
    let start = Swift.max(0, start)
    if text.isEmpty { return Swift.min(start, units.count) }
    guard units.count >= text.count, start <= units.count - text.count else { return -1 }
    return (start...units.count - text.count).first { units[$0] == text[0] && units[$0...].starts(with: text) } ?? -1
  }

  private func last(_ text: String, from start: Int) -> Int {
    let (units, text) = (Array(utf16), Array(text.utf16))
    let start = Swift.min(start, units.count - text.count)
    guard start >= 0 else { return -1 }
    return (0...start).last { units[$0...].starts(with: text) } ?? -1
  }

  private func isSame(as other: String) -> Bool {
    utf8.elementsEqual(other.utf8) || lowercased().utf8.elementsEqual(other.lowercased().utf8)
      || uppercased().utf8.elementsEqual(other.uppercased().utf8)
  }

  private func compared(to other: String) -> Int {
    for (left, right) in zip(utf16, other.utf16) where left != right { return Int(left) - Int(right) }
    return utf16.count - other.utf16.count
  }

  private func replacing(_ text: String, with other: String, limit: Int) throws(MethodError) -> String {
    let (units, text, other) = (Array(utf8), Array(text.utf8), Array(other.utf8))
    var result: [UInt8] = []
    var index = 0
    while index < units.count {
      guard result.count <= limit else { throw .tooLong }
      if !text.isEmpty, units[index] == text[0], units[index...].starts(with: text) {
        result += other
        index += text.count
      } else {
        // An empty string occurs before every character and at the end.
        if text.isEmpty, units[index] & 0xC0 != 0x80 { result += other }
        result.append(units[index])
        index += 1
      }
    }
    if text.isEmpty { result += other }
    guard result.count <= limit else { throw .tooLong }
    return String(decoding: result, as: UTF8.self)
  }
}

extension [VelocityValue] {
  /// An argument that must be a string.
  func string(_ index: Int) throws(MethodError) -> String {
    guard case .string(let string) = self[index] else { throw .arguments }
    return string
  }

  /// An argument that must be an integer.
  func integer(_ index: Int) throws(MethodError) -> Int {
    guard case .integer(let integer) = self[index] else { throw .arguments }
    return integer
  }
}
