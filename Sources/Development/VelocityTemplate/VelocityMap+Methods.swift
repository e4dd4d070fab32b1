extension VelocityMap {
  /// The methods of Java's `Map`. `keySet()`, `values()` and `entrySet()` return copies, as lists.
  func call(_ method: String, _ arguments: [VelocityValue], limit: Int) throws(MethodError) -> VelocityValue {
    switch (method, arguments.count) {
    case ("size", 0): return .integer(count)
    case ("isEmpty", 0): return .boolean(count == 0)
    case ("get", 1): return value(of: arguments[0]) ?? .null
    case ("getOrDefault", 2): return value(of: arguments[0]) ?? arguments[1]
    case ("containsKey", 1): return .boolean(value(of: arguments[0]) != nil)
    case ("containsValue", 1):
      for entry in entries where try entry.value.equals(arguments[0]) { return .boolean(true) }
      return .boolean(false)
    case ("keySet", 0): return .list(entries.map(\.key))
    case ("values", 0): return .list(entries.map(\.value))
    case ("entrySet", 0): return .list(entries.map { .object(MapEntry($0, of: self)) })
    case ("put", 2):
      guard count < limit else { throw .tooLong }
      return put(arguments[0], arguments[1]) ?? .null
    case ("putIfAbsent", 2):
      if let value = value(of: arguments[0]), !value.isNull { return value }
      guard count < limit else { throw .tooLong }
      return put(arguments[0], arguments[1]) ?? .null
    case ("putAll", 1):
      guard case .map(let other) = arguments[0] else { throw .arguments }
      guard count + other.count <= limit else { throw .tooLong }
      for entry in other.entries { _ = put(entry.key, entry.value) }
      return .string("")
    case ("remove", 1): return remove(arguments[0]) ?? .null
    case ("clear", 0):
      removeAll()
      return .string("")
    case (let name, _) where Self.methods.contains(name): throw .arguments
    default: throw .unknown
    }
  }

  private static let methods: Set<String> = [
    "size", "isEmpty", "get", "getOrDefault", "containsKey", "containsValue", "keySet", "values", "entrySet", "put",
    "putIfAbsent", "putAll", "remove", "clear", "equals", "toString", "hashCode",
  ]
}
