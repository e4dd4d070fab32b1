/// A value in a template. Lists, maps and objects are shared references, as in Java.
package enum VelocityValue {
  /// No value. `TemplateDialect` says what its reference means.
  case null
  case boolean(Bool)
  /// A 64-bit integer, for Java's `Integer` and `Long`.
  case integer(Int)
  case double(Double)
  case string(String)
  case list(VelocityList)
  case map(VelocityMap)
  /// An object supplied by the host.
  case object(any VelocityObject)

  /// A list of these values.
  package static func list(_ elements: [VelocityValue]) -> VelocityValue { .list(VelocityList(elements)) }

  /// Whether this is null.
  package var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The kind, for an error message.
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

/// A list, like Java's `ArrayList`.
package final class VelocityList {
  /// Makes a list's text, of at most the given number of bytes.
  package typealias TextMaker = (VelocityList, Int) throws(MethodError) -> String

  /// The elements.
  package var elements: [VelocityValue]
  /// Makes the list's text; nil for Java's `[a, b]`.
  let textMaker: TextMaker?

  /// A list of these elements. `text` replaces Java's text.
  package init(_ elements: [VelocityValue] = [], text: TextMaker? = nil) {
    self.elements = elements
    textMaker = text
  }
}

/// An object supplied by the host, with properties and methods.
package protocol VelocityObject: AnyObject {
  /// The object's printed text.
  var text: String { get }
  /// The value of `$object.name`; null for an unknown property.
  func property(_ name: String) throws(MethodError) -> VelocityValue
  /// The value of `$object.method(arguments)`. Throws `MethodError.unknown` for a method that the object lacks.
  func call(_ method: String, _ arguments: [VelocityValue]) throws(MethodError) -> VelocityValue
}

/// Why a method returned no value.
package struct MethodError: Error, Hashable, Sendable {
  /// What is wrong, and how to fix it: a predicate that follows the name of the method.
  package let reason: String

  /// A failed method: what is wrong, and how to fix it.
  package init(_ reason: String) {
    self.reason = reason
  }

  /// The method doesn't exist.
  package static let unknown = MethodError("does not exist; use another method")
  /// The method exists, but doesn't take these arguments.
  package static let arguments = MethodError("takes other arguments; fix their number or type")
  /// A string or list exceeded `TemplateLimits.length`.
  package static let tooLong = MethodError("makes a string or list longer than the template's limit; make it shorter")
}
