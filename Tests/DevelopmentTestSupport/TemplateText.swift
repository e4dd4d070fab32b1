package import SAMTemplate
package import Testing

/// Reads a template, as `t.yaml`.
package func deployment(
  _ source: String, parameters: [String: String] = [:], region: String = "us-east-1"
) throws -> Deployment {
  try Deployment(template: source, file: "t.yaml", .example(parameters, region: region))
}

/// The description of the error thrown by reading a template, or by `body`.
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
  /// The settings of a stack in the account that AWS's examples use.
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

/// A template with the function `F` and a REST API with these paths. Its document starts on line 9 or later.
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
  /// The text with every line, except empty ones, indented by this many spaces.
  package func indented(by count: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
  }
}
