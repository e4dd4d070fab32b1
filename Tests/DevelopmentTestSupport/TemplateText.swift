package import SAMTemplate
package import Testing

/// Reads a template of these lines, as `t.yaml` in us-east-1.
package func deployment(
  _ source: String, parameters: [String: String] = [:], region: String = "us-east-1"
) throws -> Deployment {
  try Deployment(template: source, file: "t.yaml", .example(parameters, region: region))
}

/// The error, as one line, of reading a template, or of what `body` does with it.
package func failure(
  _ source: String, parameters: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation,
  _ body: (Deployment) throws -> Void = { _ in }
) -> String {
  do {
    try body(deployment(source, parameters: parameters))
    Issue.record("it was read without an error", sourceLocation: sourceLocation)
    return ""
  } catch {
    return "\(error)"
  }
}

extension StackSettings {
  /// The settings of a stack in the account of AWS's examples.
  package static func example(_ parameters: [String: String] = [:], region: String = "us-east-1") -> StackSettings {
    StackSettings(parameters: parameters, region: region, accountID: "123456789012", stackName: "apigw-batch")
  }
}

/// A template with one function, `F`, on its first three lines.
package let functionLines = """
  Resources:
    F:
      Type: AWS::Serverless::Function

  """

/// A template with the function `F` and a REST API of these paths, indented by four; its document starts in line 9 or below.
package func restTemplate(_ paths: String, more: String = "", properties: String = "") -> String {
  """
  \(functionLines)
    Api:
      Type: AWS::Serverless::Api
      Properties:
        StageName: prod
  \(properties.indented(by: 6))
        DefinitionBody:
          openapi: 3.0.1
  \(more.indented(by: 8))
          paths:
  \(paths.indented(by: 10))
  """
}

extension String {
  /// Each line behind so many spaces; an empty text is no line.
  package func indented(by count: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
  }
}
