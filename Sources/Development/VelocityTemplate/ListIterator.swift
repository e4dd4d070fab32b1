/// Java's `Iterator` over a list, over the elements that the list had when it was made.
final class ListIterator: VelocityObject {
  /// The elements that were not returned yet.
  private(set) var remaining: ArraySlice<VelocityValue>

  init(_ list: VelocityList) { remaining = list.elements[...] }

  /// Java would print a class and an address, which varies.
  var text: String { "an iterator" }

  /// Skips the next element.
  func skip() { remaining = remaining.dropFirst() }

  func property(_ name: String) -> VelocityValue { .null }

  func call(_ method: String, _ arguments: [VelocityValue]) throws(MethodError) -> VelocityValue {
    switch (method, arguments.count) {
    case ("hasNext", 0): return .boolean(!remaining.isEmpty)
    case ("next", 0):
      guard let element = remaining.popFirst() else { throw MethodError("has no next element; check hasNext() first") }
      return element
    case ("hasNext", _), ("next", _): throw .arguments
    default: throw .unknown
    }
  }
}
