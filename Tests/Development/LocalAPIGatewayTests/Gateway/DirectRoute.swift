import DevelopmentTestSupport
import TestSupport

@testable import LocalAPIGateway

/// A REST API whose `POST /jobs/{queue}` is an `aws` integration with Batch.
struct DirectRoute {
  /// The integration's other properties, in lines of YAML.
  var integration = "responses: {default: {statusCode: 200}}"
  /// The method's responses, and what else it declares.
  var method = "responses: {'200': {}}"
  /// What else the document has.
  var document = ""

  var template: String {
    """
    Resources:
      Direct:
        Type: AWS::Serverless::Api
        Properties:
          StageName: live
          DefinitionBody:
            openapi: 3.0.1
    \(document.indented(by: 8))
            paths:
              /jobs/{queue}:
                post:
    \(method.indented(by: 14))
                  x-amazon-apigateway-integration:
                    type: aws
                    httpMethod: POST
                    uri: arn:aws:apigateway:us-east-1:batch:path/v1/submitjob
    \(integration.indented(by: 16))
    """
  }

  /// Serves it before a Batch that answers so, one answer for each request.
  func serving<Value: Sendable>(
    _ replies: ScriptedServer.Reply..., body: @Sendable (ServedGateway, ScriptedServer) async throws -> Value
  ) async throws -> Value {
    let rest = Monitor(replies[...])
    let batch = try ScriptedServer { _ in rest.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? .close } }
    defer { batch.stop() }
    return try await ServedGateway.serving(template, batch: batch.url) { try await body($0, batch) }
  }
}
