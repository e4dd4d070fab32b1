internal import Platform

extension Stack {
  /// `Fn::Sub`: a text with `${Name}` and `${Resource.Attribute}`, or a list of that and a mapping of more names.
  ///
  /// `${!Name}` stands for `${Name}`.
  func substitution(_ argument: TemplateNode) throws -> TemplateNode {
    var template = argument
    var variables: TemplateNode?
    if let elements = argument.elements {
      guard elements.count == 2, case .mapping = elements[1].content else {
        throw error(at: argument, "Fn::Sub takes a text, or a list of a text and a mapping; write it so")
      }
      (template, variables) = (elements[0], elements[1])
    }
    guard let text = template.text else { throw error(at: template, "Fn::Sub takes a text; write one") }
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
      throw error(at: template, "Fn::Sub can't put the list \(name) into a text; use Fn::Join with Ref")
    }
    return value
  }
}
