extension VelocityList {
  /// The methods of Java's `List`.
  func call(_ method: String, _ arguments: [VelocityValue], limit: Int) throws(MethodError) -> VelocityValue {
    switch (method, arguments.count) {
    case ("size", 0): return .integer(elements.count)
    case ("isEmpty", 0): return .boolean(elements.isEmpty)
    case ("get", 1): return elements[try index(arguments, below: elements.count)]
    case ("contains", 1): return .boolean(try position(of: arguments[0]) != nil)
    case ("indexOf", 1): return .integer(try position(of: arguments[0]) ?? -1)
    case ("lastIndexOf", 1): return .integer(try position(of: arguments[0], last: true) ?? -1)
    case ("containsAll", 1):
      for element in try arguments.elements(0) where try position(of: element) == nil { return .boolean(false) }
      return .boolean(true)
    case ("subList", 2):
      let (start, end) = (try arguments.integer(0), try arguments.integer(1))
      guard start >= 0, start <= end, end <= elements.count else { throw outside(end) }
      return .list(Array(elements[start..<end]))
    case ("toArray", 0): return .list(elements)
    case ("iterator", 0): return .object(ListIterator(self))
    case (let name, _) where Self.readers.contains(name): throw .arguments
    default: return try change(method, arguments, limit: limit)
    }
  }

  /// The methods that change the list. Those that are `void` in Java return the empty string.
  private func change(
    _ method: String, _ arguments: [VelocityValue], limit: Int
  ) throws(MethodError) -> VelocityValue {
    switch (method, arguments.count) {
    case ("add", 1):
      guard elements.count < limit else { throw .tooLong }
      elements.append(arguments[0])
      return .boolean(true)
    case ("add", 2):
      guard elements.count < limit else { throw .tooLong }
      elements.insert(arguments[1], at: try index(arguments, below: elements.count + 1))
      return .string("")
    case ("addAll", 1):
      let added = try arguments.elements(0)
      guard elements.count + added.count <= limit else { throw .tooLong }
      elements += added
      return .boolean(!added.isEmpty)
    case ("set", 2):
      let index = try index(arguments, below: elements.count)
      defer { elements[index] = arguments[1] }
      return elements[index]
    case ("remove", 1):
      if case .integer = arguments[0] { return elements.remove(at: try index(arguments, below: elements.count)) }
      guard let position = try position(of: arguments[0]) else { return .boolean(false) }
      elements.remove(at: position)
      return .boolean(true)
    case ("removeAll", 1), ("retainAll", 1):
      let others = VelocityList(try arguments.elements(0))
      var kept: [VelocityValue] = []
      for element in elements where (try others.position(of: element) == nil) == (method == "removeAll") {
        kept.append(element)
      }
      defer { elements = kept }
      return .boolean(kept.count != elements.count)
    case ("clear", 0):
      elements = []
      return .string("")
    case (let name, _) where Self.writers.contains(name): throw .arguments
    default: throw .unknown
    }
  }

  private static let readers: Set<String> = [
    "size", "isEmpty", "get", "contains", "indexOf", "lastIndexOf", "containsAll", "subList", "toArray",
    "iterator", "equals", "toString", "hashCode",
  ]
  private static let writers: Set<String> = ["add", "addAll", "set", "remove", "removeAll", "retainAll", "clear"]

  private func index(_ arguments: [VelocityValue], below end: Int) throws(MethodError) -> Int {
    let index = try arguments.integer(0)
    guard index >= 0, index < end else { throw outside(index) }
    return index
  }

  private func outside(_ index: Int) -> MethodError {
    MethodError("has no index \(index), only \(elements.count) elements; check size() first")
  }

  private func position(of value: VelocityValue, last: Bool = false) throws(MethodError) -> Int? {
    var comparisons = VelocityValue.comparisons
    for index in last ? Array(elements.indices.reversed()) : Array(elements.indices)
    where try elements[index].equals(value, depth: 0, &comparisons) { return index }
    return nil
  }
}

extension [VelocityValue] {
  /// An argument that must be a list.
  fileprivate func elements(_ index: Int) throws(MethodError) -> [VelocityValue] {
    guard case .list(let list) = self[index] else { throw .arguments }
    return list.elements
  }
}
