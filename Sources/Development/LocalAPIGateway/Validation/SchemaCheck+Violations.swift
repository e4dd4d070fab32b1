internal import JSONTree

extension SchemaCheck {
  /// The violation in an object; nil if the check passes, or is for other values.
  func violation(_ members: [JSON.Member]) -> String? {
    switch self {
    case .required(let names):
      let missing = names.filter { !members.has($0) }
      return missing.isEmpty ? nil : "object has missing required properties (\(missing.asJSON))"
    case .maxProperties(let count) where members.count > count:
      return "object has too many properties (found \(members.count) but schema requires at most \(count))"
    case .minProperties(let count) where members.count < count:
      return "object has too few properties (found \(members.count) but schema requires at least \(count))"
    default: return nil
    }
  }

  /// The violation in an array.
  func violation(_ elements: [JSON]) -> String? {
    switch self {
    case .additionalItems(let count) where elements.count > count:
      "schema only allows \(count) elements in array but instance has \(elements.count) elements"
    case .maxItems(let count) where elements.count > count:
      "array is too long: must have at most \(count) elements but instance has \(elements.count) elements"
    case .minItems(let count) where elements.count < count:
      "array is too short: must have at least \(count) elements but instance has \(elements.count) elements"
    case .uniqueItems where Set(elements.map(ComparedJSON.init)).count < elements.count:
      "array must not contain duplicate elements"
    default: nil
    }
  }

  /// The violation in a string. Lengths are in code points.
  func violation(_ text: String) -> String? {
    let length = text.unicodeScalars.count
    switch self {
    case .maxLength(let maximum) where length > maximum:
      return "string \"\(text)\" is too long (length: \(length), maximum allowed: \(maximum))"
    case .minLength(let minimum) where length < minimum:
      return "string \"\(text)\" is too short (length: \(length), required minimum: \(minimum))"
    case .pattern(let pattern) where !pattern.isFound(in: text):
      return "ECMA 262 regex \"\(pattern.source)\" does not match input string \"\(text)\""
    default: return nil
    }
  }

  /// The violation in a number.
  func violation(number text: String) -> String? {
    guard let number = DecimalNumber(text) else { return nil }
    switch self {
    case .maximum(let bound) where number > bound.number:
      return "numeric instance is greater than the required maximum (maximum: \(bound.text), found: \(text))"
    case .maximum(let bound) where bound.isExclusive && number == bound.number:
      return "numeric instance is not strictly lower than the required maximum \(bound.text)"
    case .minimum(let bound) where number < bound.number:
      return "numeric instance is lower than the required minimum (minimum: \(bound.text), found: \(text))"
    case .minimum(let bound) where bound.isExclusive && number == bound.number:
      return "numeric instance is not strictly greater than the required minimum \(bound.text)"
    case .multipleOf(let bound) where number.isMultiple(of: bound.number) == false:
      return "remainder of division is not zero (\(text) / \(bound.text))"
    default: return nil
    }
  }
}

extension JSON {
  /// The violation if the value has none of these types.
  func violation(_ types: [JSONType]) -> String? {
    let type = JSONType(of: self)
    guard !types.contains(type) else { return nil }
    let allowed = types.map(\.rawValue).asJSON
    return "instance type (\(type.rawValue)) does not match any allowed primitive type (allowed: \(allowed))"
  }
}

extension [JSON.Member] {
  /// Whether there is a member with exactly this name.
  func has(_ name: String) -> Bool {
    contains { $0.name.utf8.elementsEqual(name.utf8) }
  }
}

extension [String] {
  /// The strings as a JSON array.
  var asJSON: JSON { .array(map(JSON.string)) }
}
