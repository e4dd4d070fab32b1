internal import Platform

extension Stack {
  /// The value of the condition that a node names.
  func condition(named node: TemplateNode) throws -> Bool {
    guard let name = node.text else { throw error(at: node, "is \(node.kind); write a condition's name") }
    if let value = conditionValues[name] { return value }
    guard let definition = root["Conditions"]?[name] else {
      throw error(at: node, "the condition \(name.quoted) is missing; add it to Conditions, or fix the name")
    }
    guard !conditionsInProgress.contains(name) else {
      let cycle = (conditionsInProgress + [name]).joined(separator: " → ")
      throw error(at: definition, "depends on itself (\(cycle)); break the cycle")
    }
    conditionsInProgress.append(name)
    defer { conditionsInProgress.removeLast() }
    let value = try condition(definition)
    conditionValues[name] = value
    return value
  }

  /// The value of a condition function.
  func condition(_ node: TemplateNode) throws -> Bool {
    if let name = node["Condition"], node.entries.count == 1 { return try condition(named: name) }
    guard let (name, argument) = node.function else {
      throw error(at: node, "is not a condition; write Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition")
    }
    switch name {
    case "Fn::Equals":
      let pair = try arguments(argument, of: name, count: 2...2)
      return try literal(pair[0]) == literal(pair[1])
    case "Fn::Not":
      return try !condition(arguments(argument, of: name, count: 1...1)[0])
    case "Fn::And":
      return try arguments(argument, of: name, count: 2...10).allSatisfy { try condition($0) }
    case "Fn::Or":
      return try arguments(argument, of: name, count: 2...10).contains { try condition($0) }
    default:
      throw error(at: node, "\(name) is not a condition; write Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition")
    }
  }

  /// The unevaluated arguments of a function that takes a list of this length.
  func arguments(
    _ node: TemplateNode, of function: String, count: ClosedRange<Int>
  ) throws -> [TemplateNode] {
    guard let elements = node.elements, count.contains(elements.count) else {
      let number =
        count.lowerBound == count.upperBound ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
      throw error(at: node, "\(function) takes a list of length \(number); write one")
    }
    return elements
  }

  /// An operand of `Fn::Equals`: a string, or a list of strings.
  private func literal(_ node: TemplateNode) throws -> [String] {
    guard let value = try evaluate(node) else { return [] }
    guard let elements = value.elements else { return [try text(value)] }
    return try elements.map { try text($0) }
  }
}
