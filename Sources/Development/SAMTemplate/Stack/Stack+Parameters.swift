internal import Platform

extension Stack {
  /// A parameter's value: a string, or a list of strings for the list types.
  enum ParameterValue {
    case text(String)
    case list([String])
  }

  /// The declaration of a parameter; nil if the template doesn't declare it.
  func parameter(_ name: String) -> TemplateNode? { root["Parameters"]?[name] }

  /// Checks that every given value is for a declared parameter, and allowed there.
  func checkOverrides() throws {
    for name in settings.parameters.keys.sorted() {
      guard let declaration = parameter(name) else {
        let names = (root["Parameters"]?.entries ?? []).map(\.key)
        throw TemplateFileError(
          file: file, line: nil, path: "Parameters",
          reason: "there is no \(name.quoted); "
            + (names.isEmpty ? "the template has no parameters" : "name one of \(names.joined(separator: ", "))"))
      }
      _ = try value(ofParameter: name, declaration)
    }
  }

  /// The value of a parameter: the given one, or else the settings' default, or else its own.
  func value(ofParameter name: String, _ declaration: TemplateNode) throws -> ParameterValue {
    let type = declaration["Type"]?.text ?? "String"
    let allowed = declaration["AllowedValues"]?.elements?.compactMap(\.text) ?? []
    let preset = settings.defaults[name].flatMap { allowed.contains($0) ? $0 : nil }
    guard let value = settings.parameters[name] ?? preset ?? declaration["Default"]?.text else {
      throw error(at: declaration, "has no value and no Default; give it a value with \(name)=VALUE")
    }
    guard settings.parameters[name] != nil || !type.hasPrefix("AWS::SSM::Parameter::Value") else {
      throw limitation(
        at: declaration, "is not looked up in Systems Manager here; give it a value with \(name)=VALUE")
    }
    let isList = type == "CommaDelimitedList" || type.contains("List<")
    guard isList else {
      try check(value, of: name, type: type, declaration)
      return .text(value)
    }
    let elements = value.isEmpty ? [] : value.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
    for element in elements { try check(element, of: name, type: type, declaration) }
    return .list(elements)
  }

  /// Checks a value, or an element of a list, against the parameter's constraints.
  private func check(
    _ value: String, of name: String, type: String, _ declaration: TemplateNode
  ) throws {
    if ["Number", "List<Number>"].contains(type), Double(value) == nil {
      throw error(at: declaration, "must be a number, not \(value.quoted); give it one with \(name)=NUMBER")
    }
    let (measure, word) = type == "String" ? (Double(value.count), "Length") : (Double(value) ?? 0, "Value")
    for (limit, isBroken) in [("Min\(word)", { measure < $0 }), ("Max\(word)", { measure > $0 })]
      as [(String, (Double) -> Bool)]
    {
      if let text = declaration[limit]?.text, let number = Double(text), isBroken(number) {
        throw error(at: declaration, "doesn't allow \(value.quoted); give it a value within \(limit) \(text)")
      }
    }
    if let allowed = declaration["AllowedValues"]?.elements?.compactMap(\.text), !allowed.contains(value) {
      throw error(at: declaration, "doesn't allow \(value.quoted); give it one of \(allowed.joined(separator: ", "))")
    }
    if let pattern = declaration["AllowedPattern"], let text = pattern.text,
      // A pattern that uses Java-only syntax isn't checked.
      let expression = try? Regex(text), value.wholeMatch(of: expression) == nil
    {
      let description = declaration["ConstraintDescription"]?.text.map { " (\($0))" } ?? ""
      throw error(at: declaration, "doesn't allow \(value.quoted)\(description); give it a value that matches \(text)")
    }
  }
}

extension Substring {
  /// The text without the spaces around it.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
