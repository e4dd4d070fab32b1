internal import Foundation
internal import Platform

extension Stack {
  /// A value whose functions are evaluated, down to the first text, list or mapping: what these contain is left alone.
  ///
  /// - Returns: nil for `AWS::NoValue`.
  func evaluate(_ node: TemplateNode) throws -> TemplateNode? {
    guard let (name, argument) = node.function else {
      if let misplaced = node.entries.first(where: { $0.key.hasPrefix("Fn::") }) {
        throw error(at: node, "has other keys beside \(misplaced.key); \(Self.advice(misplaced.key))")
      }
      return node
    }
    guard depth < Self.depthLimit else {
      throw error(at: node, "depends on itself, or nests over \(Self.depthLimit) functions; break the circle")
    }
    depth += 1
    defer { depth -= 1 }
    switch name {
    case "Ref": return try reference(argument)
    case "Fn::GetAtt": return try attribute(argument)
    case "Fn::Sub": return try substitution(argument)
    case "Fn::If":
      let branches = try arguments(argument, of: name, count: 3...3)
      return try evaluate(branches[condition(named: branches[0]) ? 1 : 2])
    case "Fn::Join":
      let pair = try arguments(argument, of: name, count: 2...2)
      return try node.with(text: list(pair[1], of: name).joined(separator: text(pair[0])))
    case "Fn::Split":
      let pair = try arguments(argument, of: name, count: 2...2)
      let (delimiter, whole) = (try text(pair[0]), try text(pair[1]))
      guard !delimiter.isEmpty else { throw error(at: pair[0], "is empty; write what Fn::Split splits at") }
      return node.with(.sequence(whole.components(separatedBy: delimiter).map { node.with(text: $0) }))
    case "Fn::Select": return try selection(argument)
    case "Fn::FindInMap": return try evaluate(mapped(argument))
    case "Fn::Base64": return try node.with(text: Data(text(argument).utf8).base64EncodedString())
    case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not": return try node.with(text: String(condition(node)))
    default: throw error(at: node, "\(name) isn't run here; \(Self.advice(name))")
    }
  }

  /// The text of a value, its function evaluated.
  func text(_ node: TemplateNode) throws -> String {
    guard let value = try evaluate(node) else { throw error(at: node, "is AWS::NoValue; write a text") }
    guard let text = value.text else { throw error(at: value, "is \(value.kind); write a text") }
    return text
  }

  private static func advice(_ function: String) -> String {
    switch function {
    case "Fn::Transform": "write what it includes in its place"
    default: "write the value itself, or a parameter"
    }
  }

  /// The texts of a list that may be a function itself.
  private func list(_ node: TemplateNode, of function: String) throws -> [String] {
    guard let elements = try evaluate(node)?.elements else {
      throw error(at: node, "\(function) takes a list there; write one")
    }
    return try elements.filter { try evaluate($0) != nil }.map { try text($0) }
  }

  /// `Fn::Select`: an index from 0, and a list.
  private func selection(_ argument: TemplateNode) throws -> TemplateNode? {
    let pair = try arguments(argument, of: "Fn::Select", count: 2...2)
    guard let elements = try evaluate(pair[1])?.elements else {
      throw error(at: pair[1], "Fn::Select takes a list there; write one")
    }
    let index = try text(pair[0])
    guard let index = Int(index), elements.indices.contains(index) else {
      throw error(at: argument, "Fn::Select finds no element \(index) in a list of \(elements.count); count from 0")
    }
    return try evaluate(elements[index])
  }

  /// `Fn::FindInMap`: a map of `Mappings`, a key and a second key.
  private func mapped(_ argument: TemplateNode) throws -> TemplateNode {
    let keys = try arguments(argument, of: "Fn::FindInMap", count: 3...3)
    var place = root["Mappings"]
    var path = "Mappings"
    for node in keys {
      let key = try text(node)
      guard let next = place?[key] else { throw error(at: node, "there is no \(key.quoted) in \(path); add it there") }
      place = next
      path += ".\(key)"
    }
    guard let place else { throw error(at: argument, "there are no Mappings; add them") }
    return place
  }
}
