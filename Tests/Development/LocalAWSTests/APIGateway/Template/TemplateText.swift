import Testing

@testable import LocalAWS

/// Reads a template of these lines, as `t.yaml` in us-east-1.
func deployment(
  _ source: String, parameters: [String: String] = [:], region: String = "us-east-1"
) throws -> Deployment {
  try Deployment(template: source, file: "t.yaml", parameters: parameters, region: region)
}

/// What is wrong with a template, as one line.
func failure(
  _ source: String, parameters: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
) -> String {
  do {
    _ = try Deployment(template: source, file: "t.yaml", parameters: parameters, region: "us-east-1")
    Issue.record("it was read without an error", sourceLocation: sourceLocation)
    return ""
  } catch {
    return error.description
  }
}

/// A template with one function, `F`, on its first three lines.
let functionLines = """
  Resources:
    F:
      Type: AWS::Serverless::Function

  """

/// A template with the function `F` and a REST API of these paths, indented by four; its document starts in line 9 or below.
func restTemplate(_ paths: String, more: String = "", properties: String = "") -> String {
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
  func indented(by count: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
  }
}
