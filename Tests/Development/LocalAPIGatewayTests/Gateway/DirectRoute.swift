import DevelopmentTestSupport
import TestSupport

@testable import LocalAPIGateway

/// A REST API whose `POST /jobs/{queue}` has an `aws` integration with Batch.
struct DirectRoute {
  /// The integration's other properties, as lines of YAML.
  var integration = "responses: {default: {statusCode: 200}}"
  /// The method's responses and other declarations.
  var method = "responses: {'200': {}}"
  /// The rest of the document.
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

  /// Serves the API in front of a Batch that sends these responses, one for each request.
  func serving<Value: Sendable>(
    _ replies: ScriptedServer.Reply..., body: @Sendable (ServedGateway, ScriptedServer) async throws -> Value
  ) async throws -> Value {
    let rest = Monitor(replies[...])
    let batch = try ScriptedServer { _ in rest.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? .close } }
    defer { batch.stop() }
    return try await ServedGateway.serving(template, batch: batch.url) { try await body($0, batch) }
  }
}
