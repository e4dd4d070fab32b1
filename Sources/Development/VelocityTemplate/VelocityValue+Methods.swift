extension VelocityValue {
  /// The value of a property: a map's member, or one that has a getter in Java.
  func property(_ name: String) throws(MethodError) -> VelocityValue {
    switch (self, name) {
    case (.map(let map), _): map.value(of: .string(name)) ?? .null
    case (.object(let object), _): try object.property(name)
    case (.string(let string), "empty"): .boolean(string.isEmpty)
    case (.list(let list), "empty"): .boolean(list.elements.isEmpty)
    default: .null
    }
  }

  /// Calls a method. Those of Java's classes that templates use are supported.
  func call(_ method: String, _ arguments: [VelocityValue], limit: Int) throws(MethodError) -> VelocityValue {
    if case .object(let object) = self { return try object.call(method, arguments) }
    switch (method, arguments.count) {
    case ("toString", 0): return .string(try text(within: limit))
    case ("equals", 1): return .boolean(try equals(arguments[0]))
    case ("hashCode", 0):
      var steps = Self.comparisons
      return .integer(Int(try hash(depth: 0, &steps)))
    default: break
    }
    switch self {
    case .string(let string): return try string.call(method, arguments, limit: limit)
    case .list(let list): return try list.call(method, arguments, limit: limit)
    case .map(let map): return try map.call(method, arguments, limit: limit)
    case .integer, .double: return try callNumber(method, arguments)
    case .boolean(let boolean): return try Self.callBoolean(boolean, method, arguments)
    case .null, .object: throw .unknown
    }
  }

  /// Java's `hashCode()`.
  private func hash(depth: Int, _ steps: inout Int) throws(MethodError) -> Int32 {
    steps -= 1
    guard depth < 100, steps > 0 else {
      throw MethodError("reads more than 100 levels or \(Self.comparisons) values; use a part of them")
    }
    switch self {
    case .null: return 0
    case .boolean(let boolean): return boolean ? 1231 : 1237
    case .integer(let integer):
      let high = Int(bitPattern: UInt(bitPattern: integer) >> 32)
      return Int32(exactly: integer) ?? Int32(truncatingIfNeeded: integer ^ high)
    case .double(let double):
      return Int32(truncatingIfNeeded: double.bitPattern ^ (double.bitPattern >> 32))
    case .string(let string): return string.utf16.reduce(0) { $0 &* 31 &+ Int32($1) }
    case .list(let list):
      var hash: Int32 = 1
      for element in list.elements { hash = hash &* 31 &+ (try element.hash(depth: depth + 1, &steps)) }
      return hash
    case .map(let map):
      var hash: Int32 = 0
      for entry in map.entries {
        hash &+= try entry.key.hash(depth: depth + 1, &steps) ^ entry.value.hash(depth: depth + 1, &steps)
      }
      return hash
    case .object: throw .unknown
    }
  }

  private func callNumber(_ method: String, _ arguments: [VelocityValue]) throws(MethodError) -> VelocityValue {
    switch (self, method, arguments.count) {
    case (.integer(let integer), "intValue", 0), (.integer(let integer), "longValue", 0): return .integer(integer)
    case (.double(let double), "intValue", 0): return .integer(Int(Int32(clamping: Self.truncated(double))))
    case (.double(let double), "longValue", 0): return .integer(Self.truncated(double))
    case (_, "doubleValue", 0): return .double(number ?? .nan)
    case (.integer(let left), "compareTo", 1):
      guard case .integer(let right) = arguments[0] else { throw .arguments }
      return .integer(left < right ? -1 : left > right ? 1 : 0)
    case (.double(let left), "compareTo", 1):
      guard case .double(let right) = arguments[0] else { throw .arguments }
      return .integer(left < right ? -1 : left > right ? 1 : 0)
    case (.integer, "parseInt", 1), (.integer, "parseLong", 1), (.integer, "valueOf", 1):
      if method == "valueOf", case .integer = arguments[0] { return arguments[0] }
      guard case .string(let text) = arguments[0] else { throw .arguments }
      guard let integer = Int(text) else {
        throw MethodError("reads no number from \"\(text.prefix(60))\"; check the text with matches() first")
      }
      return .integer(integer)
    case (.double, "parseDouble", 1), (.double, "valueOf", 1):
      if method == "valueOf", case .double = arguments[0] { return arguments[0] }
      guard case .string(let text) = arguments[0] else { throw .arguments }
      guard let double = Double(text) else {
        throw MethodError("reads no number from \"\(text.prefix(60))\"; check the text with matches() first")
      }
      return .double(double)
    case (.double(let double), "isNaN", 0): return .boolean(double.isNaN)
    case (.double(let double), "isInfinite", 0): return .boolean(double.isInfinite)
    case (_, "intValue", _), (_, "longValue", _), (_, "doubleValue", _), (_, "compareTo", _), (_, "valueOf", _),
      (.integer, "parseInt", _), (.integer, "parseLong", _), (.double, "parseDouble", _), (_, "equals", _),
      (_, "toString", _), (_, "hashCode", _):
      throw .arguments
    default: throw .unknown
    }
  }

  /// Converts to an integer like a Java cast: NaN becomes 0, and values out of range are clamped.
  private static func truncated(_ double: Double) -> Int {
    if double.isNaN { return 0 }
    return Int(exactly: double.rounded(.towardZero)) ?? (double < 0 ? .min : .max)
  }

  private static func callBoolean(
    _ boolean: Bool, _ method: String, _ arguments: [VelocityValue]
  ) throws(MethodError) -> VelocityValue {
    switch (method, arguments.count, arguments.first) {
    case ("booleanValue", 0, _): return .boolean(boolean)
    case ("parseBoolean", 1, .string(let text)?), ("valueOf", 1, .string(let text)?):
      return .boolean(text.lowercased() == "true")
    case ("valueOf", 1, .boolean(let other)?): return .boolean(other)
    case ("booleanValue", _, _), ("parseBoolean", _, _), ("valueOf", _, _), ("equals", _, _), ("toString", _, _),
      ("hashCode", _, _):
      throw .arguments
    default: throw .unknown
    }
  }
}
