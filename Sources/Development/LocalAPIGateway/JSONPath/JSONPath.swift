internal import JSONTree

/// An expression that selects values in a JSON document, as used in mapping templates: `$.a.b`, `$['a'][0]`,
/// `$.list[-1]`, `$.list[1:3]`, `$..name`, `$.list[*]`, `$.list[?(@.a == 'b')]`.
///
/// It follows [Jayway JsonPath](https://github.com/json-path/JsonPath), without its functions and regular expressions.
struct JSONPath: Hashable, Sendable {
  /// One step down from a value.
  struct Step: Hashable, Sendable {
    /// `..`: whether the step also starts from every descendant.
    var isDeep = false
    let selector: Selector
  }

  /// The values that a step selects.
  enum Selector: Hashable, Sendable {
    /// `.name`, `['name']`, `['one', 'other']`.
    case names([String])
    /// `[0]`, `[-1]`, `[0, 2]`.
    case indexes([Int])
    /// `[1:3]`, `[-2:]`.
    case slice(from: Int?, to: Int?)
    /// `.*`, `[*]`.
    case all
    /// `[?(…)]`.
    case matching(JSONPathFilter)
  }

  let steps: [Step]

  /// Whether the path leads to a single place. Any other path yields a list, which may be empty.
  var isDefinite: Bool {
    steps.allSatisfy { step in
      switch step.selector {
      case .names(let names): !step.isDeep && names.count == 1
      case .indexes(let indexes): !step.isDeep && indexes.count == 1
      case .slice, .all, .matching: false
      }
    }
  }

  /// The limit of intermediate values, because steps such as `..*` multiply them.
  private static let maximumValues = 100_000

  /// The value that the path leads to; nil if a definite path leads nowhere.
  func value(in document: JSON) throws(JSONPathError) -> JSON? {
    var values = [document]
    for step in steps {
      var found: [JSON] = []
      for value in values {
        try Self.gather(step, from: value, into: &found)
      }
      values = found
    }
    return isDefinite ? values.first : .array(values)
  }

  private static func gather(_ step: Step, from value: JSON, into found: inout [JSON]) throws(JSONPathError) {
    try step.selector.pick(from: value, into: &found)
    guard found.count <= maximumValues else { throw JSONPathError("matches over \(maximumValues) values; narrow it") }
    guard step.isDeep else { return }
    for child in value.children { try gather(step, from: child, into: &found) }
  }
}

/// A problem when parsing or following a path.
struct JSONPathError: Error, Hashable, Sendable {
  /// What is wrong, and the fix, as a predicate of the path.
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }
}

extension JSONPath.Selector {
  fileprivate func pick(from value: JSON, into found: inout [JSON]) throws(JSONPathError) {
    switch (self, value) {
    case (.names(let names), .object):
      if names.count == 1 {
        if let member = value[names[0]] { found.append(member) }
      } else {
        let members = names.compactMap { name in value[name].map { JSON.Member(name: name, value: $0) } }
        found.append(.object(members))
      }
    case (.indexes(let indexes), .array(let elements)):
      for index in indexes {
        let position = index < 0 ? elements.count + index : index
        if elements.indices.contains(position) { found.append(elements[position]) }
      }
    case (.slice(let from, let to), .array(let elements)):
      let start = Self.position(from ?? 0, in: elements)
      let end = Self.position(to ?? elements.count, in: elements)
      if start < end { found += elements[start..<end] }
    case (.all, _): found += value.children
    case (.matching(let filter), .array(let elements)):
      for element in elements where try filter.holds(for: element) { found.append(element) }
    case (.matching(let filter), .object):
      if try filter.holds(for: value) { found.append(value) }
    case (.names, _), (.indexes, _), (.slice, _), (.matching, _): break
    }
  }

  private static func position(_ index: Int, in elements: [JSON]) -> Int {
    min(max(index < 0 ? elements.count + index : index, 0), elements.count)
  }
}

extension JSON {
  /// The elements of an array or the values of an object.
  fileprivate var children: [JSON] {
    switch self {
    case .array(let elements): elements
    case .object(let members): members.map(\.value)
    default: []
    }
  }
}
