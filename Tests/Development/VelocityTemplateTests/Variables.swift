import VelocityTemplate

/// The variables of Outcomes/Outcomes.java.
func variables() -> [String: VelocityValue] {
  [
    "name": .string("World"), "quote": .string("a \"quoted\" 'text' \\ back"), "empty": .string(""),
    "n": .integer(7), "zero": .integer(0), "half": .double(0.5), "yes": .boolean(true), "no": .boolean(false),
    "list": .list([.string("a"), .string("b"), .string("c")]),
    "numbers": .list([.integer(3), .integer(1), .integer(2)]),
    "nested": .list([.list([.integer(1), .integer(2)]), .list([])]),
    "map": .map(
      VelocityMap([
        "foo": .string("bar"), "count": .integer(3), "inner": .map(VelocityMap(["deep": .string("value")])),
        "nothing": .null,
      ])),
    "host": .object(Host()),
  ]
}

/// The class Host of Outcomes.java.
final class Host: VelocityObject {
  var text: String { "a host" }

  func property(_ name: String) -> VelocityValue { name == "name" ? .string("host") : .null }

  func call(_ method: String, _ arguments: [VelocityValue]) throws(MethodError) -> VelocityValue {
    switch (method, arguments.first) {
    case ("getName", nil): return .string("host")
    case ("nothing", nil): return .null
    case ("say", .string(let what)?): return .string("said " + what)
    case ("getName", _), ("nothing", _), ("say", _): throw .arguments
    default: throw .unknown
    }
  }
}
