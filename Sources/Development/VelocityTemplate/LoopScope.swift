/// The `$foreach` of a loop.
final class LoopScope: VelocityObject {
  /// The enclosing loop, or any other value named `foreach` outside the loop.
  let parent: VelocityValue
  var index = -1
  var hasNext = false

  init(parent: VelocityValue) {
    self.parent = parent
  }

  /// Java would add an address, which varies.
  var text: String { "org.apache.velocity.runtime.directive.ForeachScope" }

  func property(_ name: String) throws(MethodError) -> VelocityValue {
    switch name {
    case "index": return .integer(index)
    case "count": return .integer(index + 1)
    case "hasNext": return .boolean(hasNext)
    case "first": return .boolean(index < 1)
    case "last": return .boolean(!hasNext)
    case "parent":
      if case .object(let object) = parent, object is LoopScope { return parent }
      return .null
    case "topmost":
      var scope = self
      while case .object(let object) = scope.parent, let outer = object as? LoopScope { scope = outer }
      return .object(scope)
    case "info": throw MethodError("is not supported; use index, count, hasNext, first, last, parent or topmost")
    default: return .null
    }
  }

  func call(_ method: String, _ arguments: [VelocityValue]) throws(MethodError) -> VelocityValue {
    let names = [
      "getIndex": "index", "getCount": "count", "hasNext": "hasNext", "getHasNext": "hasNext", "isFirst": "first",
      "getFirst": "first", "isLast": "last", "getLast": "last", "getParent": "parent", "getTopmost": "topmost",
      "getInfo": "info",
    ]
    guard let name = names[method] else { throw .unknown }
    guard arguments.isEmpty else { throw .arguments }
    return try property(name)
  }
}
