extension VelocityValue {
  /// The value in the format of Java's `toString()`: `[a, b]`, `{foo=bar}`, `1.0E7`. A list or map may have its own text.
  package func text(within limit: Int) throws(MethodError) -> String {
    if case .string(let string) = self { return string }
    var text = ""
    try write(to: &text, limit: limit, inside: [])
    return text
  }

  private func write(to text: inout String, limit: Int, inside outer: [ObjectIdentifier]) throws(MethodError) {
    guard text.utf8.count <= limit else { throw .tooLong }
    switch self {
    case .null: text += "null"
    case .boolean(let boolean): text += boolean ? "true" : "false"
    case .integer(let integer): text += String(integer)
    case .double(let double): text += Self.text(of: double)
    case .string(let string): text += string
    case .object(let object as MapEntry):
      let inner = try Self.enter(object, outer)
      try object.key.write(to: &text, limit: limit, inside: inner)
      text += "="
      try object.value.write(to: &text, limit: limit, inside: inner)
    case .object(is DefinedBlock):
      throw MethodError("contains a #define block, which can't be printed as a part of it; print the block by itself")
    case .object(let object): text += object.text
    case .list(let list):
      let inner = try Self.enter(list, outer)
      if let textMaker = list.textMaker {
        text += try textMaker(list, limit - text.utf8.count)
        break
      }
      text += "["
      for (index, element) in list.elements.enumerated() {
        if index > 0 { text += ", " }
        if case .list(let other) = element, other === list {
          text += "(this Collection)"
        } else {
          try element.write(to: &text, limit: limit, inside: inner)
        }
      }
      text += "]"
    case .map(let map) where map.text != nil: text += map.text ?? ""
    case .map(let map):
      let inner = try Self.enter(map, outer)
      text += "{"
      for (index, entry) in map.entries.enumerated() {
        if index > 0 { text += ", " }
        try entry.key.write(to: &text, limit: limit, inside: inner)
        text += "="
        if case .map(let other) = entry.value, other === map {
          text += "(this Map)"
        } else {
          try entry.value.write(to: &text, limit: limit, inside: inner)
        }
      }
      text += "}"
    }
    guard text.utf8.count <= limit else { throw .tooLong }
  }

  /// Java would overflow its stack on a list that contains itself indirectly.
  private static func enter(_ object: AnyObject, _ outer: [ObjectIdentifier]) throws(MethodError) -> [ObjectIdentifier]
  {
    guard !outer.contains(ObjectIdentifier(object)), outer.count < 100 else {
      throw MethodError("contains itself or more than 100 levels, so it can't be printed; print a part of it")
    }
    return outer + [ObjectIdentifier(object)]
  }

  /// Like Java's `Double.toString`: at least one decimal, and an exponent below 0.001 and from 10,000,000.
  private static func text(of double: Double) -> String {
    if double.isNaN { return "NaN" }
    if double.isInfinite { return double < 0 ? "-Infinity" : "Infinity" }
    let magnitude = double.magnitude
    if magnitude == 0 || (magnitude >= 1e-3 && magnitude < 1e7) { return "\(double)" }
    // The shortest digits that round-trip, from Swift's description of the number.
    let parts = "\(magnitude)".split(separator: "e")
    let number = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let (whole, fraction) = (String(number[0]), number.count > 1 ? String(number[1]) : "")
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let digits = Array(whole + fraction)
    let first = digits.firstIndex { $0 != "0" } ?? 0
    exponent += whole.count - 1 - first
    var rest = String(digits[(first + 1)...])
    while rest.hasSuffix("0") { rest.removeLast() }
    return "\(double < 0 ? "-" : "")\(digits[first]).\(rest.isEmpty ? "0" : rest)E\(exponent)"
  }
}
