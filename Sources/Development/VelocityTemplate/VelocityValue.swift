/// A value in a template. Lists, maps and objects are shared, as Java's are: whoever holds one sees it change.
package enum VelocityValue {
  /// No value: its reference is printed as written.
  case null
  case boolean(Bool)
  /// A whole number of 64 bits, which stands for Java's `Integer` and `Long`.
  case integer(Int)
  case double(Double)
  case string(String)
  case list(VelocityList)
  case map(VelocityMap)
  /// An object of the caller's.
  case object(any VelocityObject)

  /// A list of these values.
  package static func list(_ elements: [VelocityValue]) -> VelocityValue { .list(VelocityList(elements)) }

  /// Whether there is no value.
  package var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The kind, for a message.
  var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .double: "a floating-point number"
    case .string: "a string"
    case .list: "a list"
    case .map: "a map"
    case .object(let object): object.text
    }
  }
}

/// A list, as Java's `ArrayList`.
package final class VelocityList {
  /// Makes a list's text, of so many bytes at the most.
  package typealias TextMaker = (VelocityList, Int) throws(MethodError) -> String

  /// The elements.
  package var elements: [VelocityValue]
  /// What makes the list's text; nil for Java's `[a, b]`.
  let textMaker: TextMaker?

  /// A list of these elements. With `text` it prints itself in another way than Java's.
  package init(_ elements: [VelocityValue] = [], text: TextMaker? = nil) {
    self.elements = elements
    textMaker = text
  }
}

/// A value of the caller's with properties and methods.
package protocol VelocityObject: AnyObject {
  /// What is printed for the object.
  var text: String { get }
  /// The value of `$object.name`; null for an unknown one, whose reference is then printed as written.
  func property(_ name: String) throws(MethodError) -> VelocityValue
  /// The value of `$object.method(arguments)`. Throws `MethodError.unknown` for a method that the object lacks.
  func call(_ method: String, _ arguments: [VelocityValue]) throws(MethodError) -> VelocityValue
}

/// Why a method gave no value.
package struct MethodError: Error, Hashable, Sendable {
  /// What is wrong, and what to do about it.
  package let reason: String

  /// A method that failed: what is wrong, and what to do about it.
  package init(_ reason: String) {
    self.reason = reason
  }

  /// There is no such method.
  package static let unknown = MethodError("is no method here; type one that exists")
  /// The method exists, but not with such arguments.
  package static let arguments = MethodError("takes other arguments; correct their number or kind")
  /// A text or list grew over `TemplateLimits.length`.
  package static let tooLong = MethodError("makes a text or list over the template's limit; make less of it")
}
