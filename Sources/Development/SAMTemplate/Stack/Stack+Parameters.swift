internal import Platform

extension Stack {
  /// A parameter's value: a text, or a list of texts for the list types.
  enum ParameterValue {
    case text(String)
    case list([String])
  }

  /// The declaration of a parameter; nil when the template has none of this name.
  func parameter(_ name: String) -> TemplateNode? { root["Parameters"]?[name] }

  /// Checks that every value given is a parameter's, and one that it allows.
  func checkOverrides() throws {
    for name in settings.parameters.keys.sorted() {
      guard let declaration = parameter(name) else {
        let names = (root["Parameters"]?.entries ?? []).map(\.key)
        throw TemplateFileError(
          file: file, line: nil, path: "Parameters",
          reason: "\(name.quoted) is none of them; "
            + (names.isEmpty ? "the template has no parameters" : "name one of \(names.joined(separator: ", "))"))
      }
      _ = try value(ofParameter: name, declaration)
    }
  }

  /// The value of a parameter: the one given, or else its default.
  func value(ofParameter name: String, _ declaration: TemplateNode) throws -> ParameterValue {
    let type = declaration["Type"]?.text ?? "String"
    guard let value = settings.parameters[name] ?? declaration["Default"]?.text else {
      throw error(at: declaration, "has no Default and no value was given; give one as \(name)=VALUE")
    }
    guard settings.parameters[name] != nil || !type.hasPrefix("AWS::SSM::Parameter::Value") else {
      throw error(at: declaration, "is looked up in Systems Manager, not here; give a value as \(name)=VALUE")
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
      throw error(at: declaration, "is a Number, not \(value.quoted); give one as \(name)=NUMBER")
    }
    let (measure, word) = type == "String" ? (Double(value.count), "Length") : (Double(value) ?? 0, "Value")
    for (limit, isBroken) in [("Min\(word)", { measure < $0 }), ("Max\(word)", { measure > $0 })]
      as [(String, (Double) -> Bool)]
    {
      if let text = declaration[limit]?.text, let number = Double(text), isBroken(number) {
        throw error(at: declaration, "doesn't allow \(value.quoted); give one within \(limit) \(text)")
      }
    }
    if let allowed = declaration["AllowedValues"]?.elements?.compactMap(\.text), !allowed.contains(value) {
      throw error(at: declaration, "doesn't allow \(value.quoted); give one of \(allowed.joined(separator: ", "))")
    }
    if let pattern = declaration["AllowedPattern"], let text = pattern.text,
      // A pattern in words that only Java knows can't be checked here.
      let expression = try? Regex(text), value.wholeMatch(of: expression) == nil
    {
      let description = declaration["ConstraintDescription"]?.text.map { " (\($0))" } ?? ""
      throw error(at: declaration, "doesn't allow \(value.quoted)\(description); give one that matches \(text)")
    }
  }
}

extension Substring {
  /// The text without the spaces around it.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
