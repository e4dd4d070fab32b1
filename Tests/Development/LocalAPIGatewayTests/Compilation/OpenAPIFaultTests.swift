import DevelopmentTestSupport
import SAMTemplate
import Testing

@testable import LocalAPIGateway

@Suite("An OpenAPI document with mistakes or unsupported features")
struct OpenAPIFaultTests {
  @Test("names the line of the file where a mapping template has an error")
  func templateLine() {
    let source = restTemplate(
      """
      /jobs:
        post:
          x-amazon-apigateway-integration:
            type: mock
            requestTemplates:
              application/json: |
                {
                #set($a = )
                }
      """)
    #expect(compilationFailure(source).hasPrefix("t.yaml:21: "), "\(compilationFailure(source))")
    #expect(compilationFailure(source).contains("line 2, column"))
  }

  @Test(
    "is rejected for invalid paths",
    arguments: [
      (
        "jobs:\n  post:\n    x-amazon-apigateway-integration: {type: mock}",
        #"paths.jobs.post: "jobs" is not a valid path"#
      ),
      ("/{a+}/b:\n  post:\n    x-amazon-apigateway-integration: {type: mock}", #""/{a+}/b" is not a valid path"#),
    ])
  func paths(paths: String, message: String) {
    #expect(failure(restTemplate(paths)).contains(message), "\(failure(restTemplate(paths)))")
  }

  @Test("yields a warning for each key that isn't emulated")
  func warnings() throws {
    let source = restTemplate(
      """
      /jobs:
        psot: {}
        get: {description: nothing}
        post:
          x-amazon-apigateway-unknown: 1
          x-other: 1
          x-amazon-apigateway-integration: {type: mock, responseTransferMode: STREAM}
      """, more: "x-amazon-apigateway-cors: {}\nx-amazon-apigateway-policy: {}",
      properties: "Unheard: of\nTags: {a: b}")
    let place = "Resources.Api.Properties"
    #expect(
      try deployment(source).warnings == [
        "t.yaml:9: \(place).Unheard: not emulated",
        "t.yaml:13: \(place).DefinitionBody.x-amazon-apigateway-cors: not emulated",
        "t.yaml:17: \(place).DefinitionBody.paths./jobs.psot: is not an HTTP method, and is ignored",
        "t.yaml:18: \(place).DefinitionBody.paths./jobs.get: not emulated: a method without an integration",
        "t.yaml:20: \(place).DefinitionBody.paths./jobs.post.x-amazon-apigateway-unknown: not emulated",
        "t.yaml:22: \(place).DefinitionBody.paths./jobs.post.x-amazon-apigateway-integration.responseTransferMode: "
          + "not emulated",
      ])
  }
}
