import DevelopmentTestSupport
import JSONTree
import SAMTemplate
import Testing

@testable import LocalAPIGateway

@Suite("An operation's request validation and authorization")
struct OpenAPIValidationTests {
  private func route(_ operation: String, more: String = "", properties: String = "") throws -> RouteDefinition {
    let source = restTemplate(
      """
      /jobs:
        post:
          x-amazon-apigateway-integration: {type: mock}
      \(operation.indented(by: 4))
      """, more: more, properties: properties)
    let deployment = try deployment(source)
    return try #require(deployment.apis.first?.routes.first)
  }

  private static let validators = """
    x-amazon-apigateway-request-validators:
      all: {validateRequestBody: true, validateRequestParameters: true}
      body: {validateRequestBody: true}
    """

  /// A model's violations in a JSON text.
  private func violations(_ route: RouteDefinition, _ json: String, type: String = "application/json") throws
    -> [String]
  {
    try JSONSchema(#require(route.validator?.models[type]).schema).violations(in: JSON(parsing: Array(json.utf8)))
  }

  @Test("comes from the operation's validator, or else the document's, if any")
  func validators() throws {
    let parameters = """
      parameters:
        - {name: X-A, in: header, required: true}
        - {name: b, in: query, required: true}
        - {name: c, in: query}
      """
    #expect(try route(parameters).validator == nil)
    let own = try route(parameters + "\nx-amazon-apigateway-request-validator: all", more: Self.validators)
    #expect(own.validator?.validatesBody == true)
    #expect(own.validator?.validatesParameters == true)
    #expect(own.validator?.requiredParameters == ["method.request.header.X-A", "method.request.querystring.b"])
    let inherited = try route(parameters, more: Self.validators + "\nx-amazon-apigateway-request-validator: body")
    #expect(inherited.validator?.validatesBody == true)
    #expect(inherited.validator?.validatesParameters == false)
  }

  @Test("can't use an undefined validator")
  func unknownValidator() {
    let source = restTemplate(
      "/a:\n  get: {x-amazon-apigateway-integration: {type: mock}, x-amazon-apigateway-request-validator: x}")
    #expect(failure(source).contains(#"the API has no request validator "x"; add it"#))
  }

  @Test("has a model for each content type, with the schemas that it refers to")
  func models() throws {
    let route = try route(
      """
      x-amazon-apigateway-request-validator: body
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/Job'}}
          text/plain: {schema: {enum: [yes, "1", 1.5, null]}}
      """,
      more: """
        \(Self.validators)
        components:
          schemas:
            Job:
              type: object
              additionalProperties: false
              properties:
                name: {$ref: '#/components/schemas/Name'}
                after: {type: array, items: {$ref: '#/components/schemas/Job'}}
            Name: {type: string, pattern: '^[a-z]+$'}
            Unused: {$ref: '#/components/schemas/Nothing'}
        """)
    #expect(try violations(route, #"{"name":"a","after":[{"name":"b","after":[{}]}]}"#).isEmpty)
    for json in ["1", #"{"x":1}"#, #"{"name":"A"}"#, #"{"after":[{"after":[{"name":"B"}]}]}"#] {
      #expect(try !violations(route, json).isEmpty, "\(json)")
    }
    for json in ["true", #""1""#, "1.5", "null"] {
      #expect(try violations(route, json, type: "text/plain").isEmpty, "\(json)")
    }
    for json in [#""yes""#, "1", #""1.5""#] {
      #expect(try !violations(route, json, type: "text/plain").isEmpty, "\(json)")
    }
  }

  @Test("has the model of the body parameter in OpenAPI 2, for the consumed types")
  func version2() throws {
    let route = try route(
      """
      x-amazon-apigateway-request-validator: body
      consumes: [application/json, application/x]
      parameters: [{in: body, name: Job, schema: {$ref: '#/definitions/Job'}}]
      """, more: Self.validators + "\ndefinitions: {Job: {type: object}}")
    #expect(route.validator?.models.keys.sorted() == ["application/json", "application/x"])
    #expect(try violations(route, "{}").isEmpty && !violations(route, "1").isEmpty)
  }

  @Test("may use a model of API Gateway, or one of SAM's Models")
  func apiGatewayModels() throws {
    let body = """
      x-amazon-apigateway-request-validator: body
      requestBody: {content: {application/json: {schema: {$ref: 'URL'}}}}
      """
    let models = "Models: {Job: {type: object, properties: {a: {type: 'null'}}}}"
    for reference in ["https://apigateway.amazonaws.com/restapis/abc/models/Job", "#/definitions/Job"] {
      let route = try route(body.replacing("URL", with: reference), more: Self.validators, properties: models)
      #expect(try violations(route, #"{"a":null}"#).isEmpty && !violations(route, #"{"a":1}"#).isEmpty)
    }
  }

  @Test("may use a model with its own definitions")
  func ownDefinitions() throws {
    let route = try route(
      """
      x-amazon-apigateway-request-validator: body
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}
      """,
      more: """
        \(Self.validators)
        components:
          schemas:
            Job: {definitions: {a/b: {type: string}}, properties: {a: {$ref: '#/definitions/a~1b'}}}
        """)
    #expect(try violations(route, #"{"a":"x"}"#).isEmpty && !violations(route, #"{"a":1}"#).isEmpty)
  }

  @Test("fails with the schema's line if a model is invalid")
  func brokenModel() {
    let source = restTemplate(
      """
      /jobs:
        post:
          x-amazon-apigateway-integration: {type: mock}
          x-amazon-apigateway-request-validator: body
          requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
      """,
      more: """
        \(Self.validators)
        components:
          schemas:
            A:
              properties:
                b: {$ref: '#/components/schemas/B'}
            B:
              type: string
              maxLength: long
        """)
    let place = "t.yaml:22: Resources.Api.Properties.DefinitionBody.components.schemas.B.maxLength: "
    #expect(compilationFailure(source).hasPrefix(place), "\(compilationFailure(source))")
  }

  @Test(
    "fails for a model that refers to a missing schema or only to itself",
    arguments: [
      ("#/components/schemas/Nothing", #"the schema "Nothing" is missing; add it"#),
      ("#/paths/a", ##""#/paths/a" does not refer to a schema of this document"##),
      ("#/components/schemas/A", "refers to itself; break the cycle"),
    ])
  func references(reference: String, message: String) {
    let source = restTemplate(
      """
      /jobs:
        post:
          x-amazon-apigateway-integration: {type: mock}
          x-amazon-apigateway-request-validator: body
          requestBody: {content: {application/json: {schema: {$ref: '\(reference)'}}}}
      """,
      more: """
        \(Self.validators)
        components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}
        """)
    #expect(failure(source).contains(message), "\(failure(source))")
  }

  @Test("requires IAM or an API key if its security says so")
  func security() throws {
    let schemes = """
      components:
        securitySchemes:
          sigv4: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
          key: {type: apiKey, name: x-api-key, in: header}
          token: {type: apiKey, name: t, in: header, x-amazon-apigateway-authorizer: {type: token}}
      """
    let open = try route("", more: schemes)
    #expect(!open.requiresIAM && !open.requiresAPIKey)
    let signed = try route("security: [{sigv4: []}]", more: schemes)
    #expect(signed.requiresIAM && !signed.requiresAPIKey)
    let both = try route("security: [{sigv4: [], key: []}]", more: schemes)
    #expect(both.requiresIAM && both.requiresAPIKey)
    #expect(try route("x-amazon-apigateway-auth: {type: AWS_IAM}").requiresIAM)
    #expect(try !route("x-amazon-apigateway-auth: {type: NONE}").requiresIAM)
    #expect(try !route("security: [{token: []}]", more: schemes).requiresIAM)
  }
}
