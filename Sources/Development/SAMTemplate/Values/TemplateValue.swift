internal import Platform

/// A value of a stack: an evaluated node of the template. Its contents are evaluated on access.
struct TemplateValue {
  let node: TemplateNode
  let stack: Stack

  /// Evaluates a node; nil for `AWS::NoValue`.
  init?(_ node: TemplateNode, in stack: Stack) throws {
    guard let node = try stack.evaluate(node) else { return nil }
    self.node = node
    self.stack = stack
  }

  /// The value of a mapping's key; nil if the key is missing.
  subscript(key: String) -> TemplateValue? {
    get throws {
      try checkMapping()
      guard let node = node[key] else { return nil }
      return try TemplateValue(node, in: stack)
    }
  }

  /// The value of the first of these keys that a mapping has.
  func first(of keys: String...) throws -> TemplateValue? {
    for key in keys { if let value = try self[key] { return value } }
    return nil
  }

  /// The entries of a mapping, unevaluated.
  func entries() throws -> [TemplateNode.Entry] {
    try checkMapping()
    return node.entries
  }

  /// The entries of a mapping.
  func members() throws -> [(key: String, value: TemplateValue)] {
    try entries().compactMap { entry in
      try TemplateValue(entry.value, in: stack).map { (entry.key, $0) }
    }
  }

  /// The elements of a list.
  func elements() throws -> [TemplateValue] {
    guard let nodes = node.elements else { throw error("is \(node.kind); write a list") }
    return try nodes.compactMap { try TemplateValue($0, in: stack) }
  }

  /// The string; a number or a boolean as written.
  func text() throws -> String {
    guard let text = node.text else { throw error("is \(node.kind); write a string") }
    guard !text.contains("{{resolve:") else {
      throw limitation("has a dynamic reference, which is not resolved here; write the value itself, or a parameter")
    }
    return text
  }

  /// The strings of a list.
  func texts() throws -> [String] { try elements().map { try $0.text() } }

  /// The strings of a mapping by key.
  func textsByKey() throws -> [String: String] {
    try members().reduce(into: [:]) { $0[$1.key] = try $1.value.text() }
  }

  /// An integer within limits.
  func integer(_ limits: ClosedRange<Int>) throws -> Int {
    let text = try text()
    guard let number = Int(text), limits.contains(number) else {
      throw error("is \(text.quoted); write a number from \(limits.lowerBound) to \(limits.upperBound)")
    }
    return number
  }

  /// The value of a key as a mapping; nil if it is missing, null, or something else, which AWS ignores.
  func mapping(_ key: String) throws -> TemplateValue? {
    guard let value = try self[key], !value.isNull else { return nil }
    if case .mapping = value.node.content { return value }
    value.warn("is not a mapping, so API Gateway ignores it; write one, or remove it")
    return nil
  }

  /// A boolean, in any of YAML's spellings.
  func boolean() throws -> Bool {
    let text = try text()
    guard let value = TemplateNode.boolean(text) else { throw error("is \(text.quoted); write true or false") }
    return value
  }

  /// A case of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type, in letterCase: (String) -> String = { $0 }
  ) throws -> Choice where Choice.RawValue == String {
    let text = try text()
    guard let choice = Choice(rawValue: letterCase(text)) else {
      let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw error("is \(text.quoted); write one of \(names)")
    }
    return choice
  }

  /// An error about this value.
  func error(_ reason: String) -> TemplateFileError { stack.error(at: node, reason) }

  /// An error about this value, which AWS accepts and which is not supported here.
  func limitation(_ reason: String) -> TemplateFileError { stack.limitation(at: node, reason) }

  /// Records a warning about this value.
  func warn(_ text: String) { stack.warn(at: node, text) }

  /// Warns of every key of this mapping that is neither emulated nor known to make no difference locally.
  func warn(ofKeysBeyond known: Set<String>, _ text: String = "not emulated") {
    for entry in node.entries where !known.contains(entry.key) { stack.warn(at: entry, text) }
  }

  /// Accepts null, which an OpenAPI document may have for a mapping without entries.
  private func checkMapping() throws {
    if isNull { return }
    guard case .mapping = node.content else { throw error("is \(node.kind); write a mapping") }
  }
}
