internal import Platform

extension Stack {
  /// `Fn::Sub`: a string with `${Name}` and `${Resource.Attribute}`, or a list of that and a mapping with more names.
  ///
  /// `${!Name}` becomes a literal `${Name}`.
  func substitution(_ argument: TemplateNode) throws -> TemplateNode {
    var template = argument
    var variables: TemplateNode?
    if let elements = argument.elements {
      guard elements.count == 2, case .mapping = elements[1].content else {
        throw error(at: argument, "Fn::Sub needs a string, or a list of a string and a mapping; write one")
      }
      (template, variables) = (elements[0], elements[1])
    }
    guard let text = template.text else { throw error(at: template, "Fn::Sub needs a string; write one") }
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${") {
      result += rest[..<start.lowerBound]
      rest = rest[start.lowerBound...]
      guard let end = rest.firstIndex(of: "}") else { break }
      let name = rest[start.upperBound..<end]
      if name.hasPrefix("!") {
        result += "${\(name.dropFirst())}"
      } else {
        result += try variable(String(name.filter { $0 != " " }), variables, at: template)
      }
      rest = rest[rest.index(after: end)...]
    }
    return template.with(text: result + rest)
  }

  private func variable(
    _ name: String, _ variables: TemplateNode?, at template: TemplateNode
  ) throws -> String {
    if let value = variables?[name] { return try text(value) }
    guard let declaration = parameter(name) else { return try text(ofReference: name, at: template) }
    guard case .text(let value) = try value(ofParameter: name, declaration) else {
      throw error(at: template, "Fn::Sub can't insert \(name), which is a list; use Fn::Join with Ref")
    }
    return value
  }
}
