internal import Foundation
internal import Platform

extension Stack {
  /// Evaluates a value's function, if any, and that of its result, until that is a string, list or mapping.
  ///
  /// The contents of lists and mappings are left unevaluated.
  ///
  /// - Returns: nil for `AWS::NoValue`.
  func evaluate(_ node: TemplateNode) throws -> TemplateNode? {
    guard let (name, argument) = node.function else {
      if let transform = node["Fn::Transform"] { return try node.with(.mapping(included(transform, into: node))) }
      if let misplaced = node.entries.first(where: { $0.key.hasPrefix("Fn::") }) {
        guard !misplaced.key.hasPrefix(Self.loop) else { throw loopLimitation(misplaced.key, at: node) }
        throw error(at: node, "has keys next to \(misplaced.key); write the function alone")
      }
      return node
    }
    guard depth < Self.depthLimit else {
      throw error(at: node, "depends on itself, or nests more than \(Self.depthLimit) functions; break the cycle")
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
      guard !delimiter.isEmpty else { throw error(at: pair[0], "is empty; write the delimiter of Fn::Split") }
      return node.with(.sequence(whole.components(separatedBy: delimiter).map { node.with(text: $0) }))
    case "Fn::Select": return try selection(argument)
    case "Fn::FindInMap": return try evaluate(mapped(argument))
    case "Fn::Base64": return try node.with(text: Data(text(argument).utf8).base64EncodedString())
    case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not": return try node.with(text: String(condition(node)))
    case "Fn::Transform": return try evaluate(included(argument))
    case "Fn::Cidr", "Fn::GetAZs", "Fn::ImportValue", "Fn::Length", "Fn::ToJsonString":
      throw limitation(at: node, "\(name) is not evaluated here; write the value itself, or a parameter")
    case _ where name.hasPrefix(Self.loop): throw loopLimitation(name, at: node)
    default: throw error(at: node, "\(name) is not a function of CloudFormation; fix the name")
    }
  }

  /// What the key of a loop starts with.
  static let loop = "Fn::ForEach"

  private func loopLimitation(_ name: String, at node: TemplateNode) -> TemplateFileError {
    limitation(at: node, "\(name) is not evaluated here; write out what it makes")
  }

  /// The string that a value evaluates to.
  func text(_ node: TemplateNode) throws -> String {
    guard let value = try evaluate(node) else { throw error(at: node, "is AWS::NoValue; write a string") }
    guard let text = value.text else { throw error(at: value, "is \(value.kind); write a string") }
    return text
  }

  /// The strings of a list, which may itself be a function.
  private func list(_ node: TemplateNode, of function: String) throws -> [String] {
    guard let elements = try evaluate(node)?.elements else {
      throw error(at: node, "\(function) needs a list here; write one")
    }
    return try elements.filter { try evaluate($0) != nil }.map { try text($0) }
  }

  /// `Fn::Select`: a zero-based index and a list.
  private func selection(_ argument: TemplateNode) throws -> TemplateNode? {
    let pair = try arguments(argument, of: "Fn::Select", count: 2...2)
    guard let elements = try evaluate(pair[1])?.elements else {
      throw error(at: pair[1], "Fn::Select needs a list here; write one")
    }
    let index = try text(pair[0])
    guard let index = Int(index), elements.indices.contains(index) else {
      throw error(at: argument, "a list of \(elements.count) has no element \(index) for Fn::Select; count from 0")
    }
    return try evaluate(elements[index])
  }

  /// `Fn::FindInMap`: the name of a mapping, a key and a second key; with language extensions, also `DefaultValue`.
  private func mapped(_ argument: TemplateNode) throws -> TemplateNode {
    let keys = try arguments(argument, of: "Fn::FindInMap", count: 3...4)
    let fallback = keys.count == 4 ? keys[3]["DefaultValue"] : nil
    var place = root["Mappings"]
    var path = "Mappings"
    for node in keys.prefix(3) {
      let key = try text(node)
      guard let next = place?[key] else {
        if let fallback { return fallback }
        throw error(at: node, "there is no \(key.quoted) in \(path); add it there")
      }
      place = next
      path += ".\(key)"
    }
    guard let place else { throw error(at: argument, "the template has no Mappings; add a Mappings section") }
    return place
  }
}
