internal import JSONTree
internal import Platform
internal import VelocityTemplate

extension VelocityValue {
  /// A JSON value as seen by mapping templates: maps, lists that are printed as JSON, strings and numbers.
  ///
  /// API Gateway prints them as `{foo=bar}`, but `[{"foo":"bar"}]` and `{foo=[{"nested":"bar"}]}`. Each call makes new
  /// lists and maps, so that templates don't see each other's changes.
  init(_ json: JSON) {
    switch json {
    case .null: self = .null
    case .boolean(let boolean): self = .boolean(boolean)
    case .string(let string): self = .string(string)
    case .number(let digits): self = Self.number(digits)
    case .array(let elements): self = .list(VelocityList(elements.map { VelocityValue($0) }, text: Self.text))
    case .object(let members):
      let map = VelocityMap()
      for member in members { map[member.name] = VelocityValue(member.value) }
      self = .map(map)
    }
  }

  /// Parses a number as Java does: an integer of any size, or else a double.
  private static func number(_ digits: String) -> VelocityValue {
    if let integer = Int(digits) { return .integer(integer) }
    let isWhole = digits.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") }
    guard !isWhole, let double = Double(digits), double.isFinite else { return .object(LongNumber(digits)) }
    return .double(double)
  }

  private static func text(_ list: VelocityList, _ limit: Int) throws(MethodError) -> String {
    try VelocityValue.list(list).json(within: limit)
  }

  /// The value as JSON text of at most `limit` bytes.
  func json(within limit: Int) throws(MethodError) -> String {
    var size = 0
    let text = try JSON(self, limit: limit, size: &size, depth: 0).description
    guard text.utf8.count <= limit else { throw .tooLong }
    return text
  }
}

/// A number that doesn't fit in 64 bits, as written.
private final class LongNumber: VelocityObject {
  let text: String

  init(_ digits: String) {
    text = digits
  }

  func property(_ name: String) -> VelocityValue { .null }

  func call(_ method: String, _ arguments: [VelocityValue]) throws(MethodError) -> VelocityValue {
    guard method == "toString" else { throw .unknown }
    guard arguments.isEmpty else { throw .arguments }
    return .string(text)
  }
}

extension JSON {
  /// The size that a value counts in addition to its text: roughly its memory in bytes.
  private static var valueSize: Int { 8 }

  /// Converts a template's value. `size` accumulates its size, because lists that share elements can exceed memory.
  fileprivate init(_ value: VelocityValue, limit: Int, size: inout Int, depth: Int) throws(MethodError) {
    guard depth <= 512 else {
      throw MethodError("contains itself, or nests more than 512 levels; use a part of it")
    }
    size += Self.valueSize
    guard size <= limit else { throw .tooLong }
    switch value {
    case .null: self = .null
    case .boolean(let boolean): self = .boolean(boolean)
    case .integer(let integer): self = .number(String(integer))
    case .double(let double):
      self = double.isFinite ? .number(try value.text(within: limit)) : .null
    case .string(let string):
      size += string.utf8.count
      self = .string(string)
    case .object(let number as LongNumber): self = .number(number.text)
    case .object(let object): self = .string(object.text)
    case .list(let list):
      var elements: [JSON] = []
      for element in list.elements {
        elements.append(try JSON(element, limit: limit, size: &size, depth: depth + 1))
      }
      self = .array(elements)
    case .map(let map):
      var members: [Member] = []
      for entry in map.entries {
        let name = try entry.key.text(within: limit)
        size += name.utf8.count
        members.append(
          Member(name: name, value: try JSON(entry.value, limit: limit, size: &size, depth: depth + 1)))
      }
      self = .object(members)
    }
  }
}
