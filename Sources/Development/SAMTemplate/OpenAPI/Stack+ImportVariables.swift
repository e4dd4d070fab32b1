extension Stack {
  /// A document with the variables that API Gateway itself replaces when it imports one, with or without `Fn::Sub`.
  ///
  /// See [AWS variables for OpenAPI
  /// import](https://docs.aws.amazon.com/apigateway/latest/developerguide/import-api-aws-variables.html).
  func resolvingImportVariables(in node: TemplateNode) throws -> TemplateNode {
    switch node.content {
    case .scalar(let text, let style):
      guard text.contains("${AWS::") else { return node }
      var resolved = text
      for name in ["AWS::AccountId", "AWS::Partition", "AWS::Region"] {
        resolved.replace("${\(name)}", with: try self.text(ofReference: name, at: node))
      }
      return node.with(.scalar(resolved, style))
    case .sequence(let elements): return node.with(.sequence(try elements.map(resolvingImportVariables)))
    case .mapping(let entries):
      // The variables in a file that is included into the document are replaced, too. An error is reported where the
      // document needs the file.
      if node["Fn::Transform"] != nil, let contents = try? evaluate(node) {
        return try resolvingImportVariables(in: contents)
      }
      return node.with(
        .mapping(
          try entries.map {
            TemplateNode.Entry(key: $0.key, line: $0.line, value: try resolvingImportVariables(in: $0.value))
          }))
    }
  }
}
