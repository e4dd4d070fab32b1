internal import Platform

/// A value of a stack: a node of the template, its own function evaluated, and what it contains evaluated on the way in.
struct TemplateValue {
  let node: TemplateNode
  let stack: Stack

  /// A value; nil for `AWS::NoValue`.
  init?(_ node: TemplateNode, in stack: Stack) throws(TemplateFileError) {
    guard let node = try stack.evaluate(node) else { return nil }
    self.node = node
    self.stack = stack
  }

  /// The value of a mapping's key; nil when there is none.
  subscript(key: String) -> TemplateValue? {
    get throws(TemplateFileError) {
      try checkMapping()
      guard let node = node[key] else { return nil }
      return try TemplateValue(node, in: stack)
    }
  }

  /// The value of the first of some keys that a mapping has.
  func first(of keys: String...) throws(TemplateFileError) -> TemplateValue? {
    for key in keys { if let value = try self[key] { return value } }
    return nil
  }

  /// The entries of a mapping.
  func members() throws(TemplateFileError) -> [(key: String, value: TemplateValue)] {
    try checkMapping()
    var members: [(key: String, value: TemplateValue)] = []
    for entry in node.entries {
      if let value = try TemplateValue(entry.value, in: stack) { members.append((entry.key, value)) }
    }
    return members
  }

  /// The elements of a list.
  func elements() throws(TemplateFileError) -> [TemplateValue] {
    guard let nodes = node.elements else { throw error("is \(node.kind); write a list") }
    var elements: [TemplateValue] = []
    for node in nodes {
      if let value = try TemplateValue(node, in: stack) { elements.append(value) }
    }
    return elements
  }

  /// The text; a number or a boolean as it was written.
  func text() throws(TemplateFileError) -> String {
    guard let text = node.text else { throw error("is \(node.kind); write a text") }
    return text
  }

  /// The texts of a list.
  func texts() throws(TemplateFileError) -> [String] {
    var texts: [String] = []
    for element in try elements() { texts.append(try element.text()) }
    return texts
  }

  /// The texts of a mapping, sorted out by key.
  func textsByKey() throws(TemplateFileError) -> [String: String] {
    var texts: [String: String] = [:]
    for (key, value) in try members() { texts[key] = try value.text() }
    return texts
  }

  /// A whole number within limits.
  func integer(_ limits: ClosedRange<Int>) throws(TemplateFileError) -> Int {
    let text = try text()
    guard let number = Int(text), limits.contains(number) else {
      throw error("is \(text.quoted); write a number from \(limits.lowerBound) to \(limits.upperBound)")
    }
    return number
  }

  /// A boolean, in the words that YAML has for it.
  func boolean() throws(TemplateFileError) -> Bool {
    let text = try text()
    guard let value = TemplateNode.boolean(text) else { throw error("is \(text.quoted); write true or false") }
    return value
  }

  /// One of the values of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type, in letterCase: (String) -> String = { $0 }
  ) throws(TemplateFileError) -> Choice where Choice.RawValue == String {
    let text = try text()
    guard let choice = Choice(rawValue: letterCase(text)) else {
      let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw error("is \(text.quoted); write one of \(names)")
    }
    return choice
  }

  /// An error about this value.
  func error(_ reason: String) -> TemplateFileError { stack.error(at: node, reason) }

  /// Keeps a warning about this value.
  func warn(_ text: String) { stack.warn(at: node, text) }

  /// Warns of every key of this mapping that is neither run nor known to change nothing here.
  func warn(ofKeysBeyond known: Set<String>, _ text: String = "not run here") {
    for entry in node.entries where !known.contains(entry.key) { stack.warn(at: entry, text) }
  }

  private func checkMapping() throws(TemplateFileError) {
    guard case .mapping = node.content else { throw error("is \(node.kind); write a mapping") }
  }
}
