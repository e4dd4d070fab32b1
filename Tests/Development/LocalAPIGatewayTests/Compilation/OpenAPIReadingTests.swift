import DevelopmentTestSupport
import SAMTemplate
import Testing

@testable import LocalAPIGateway

@Suite("An OpenAPI document")
struct OpenAPIReadingTests {
  private static let proxy = """
    x-amazon-apigateway-integration:
      type: AWS_PROXY
      httpMethod: POST
      uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations
    """

  private static func uri(_ function: String) -> String {
    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
      + "arn:aws:lambda:us-east-1:123456789012:function:\(function)/invocations"
  }

  @Test("has a route for each method of each path, in order")
  func routes() throws {
    let proxy = Self.proxy.indented(by: 4)
    let api = try #require(
      try deployment(
        restTemplate(
          """
          /jobs/{queue}:
            parameters: [{name: queue, in: path, required: true}]
            post:
          \(proxy)
            x-amazon-apigateway-any-method:
          \(proxy)
          /{rest+}:
            get:
          \(proxy)
          """)
      ).apis.first)
    #expect(api.routes.map(\.key) == ["POST /jobs/{queue}", "ANY /jobs/{queue}", "GET /{rest+}"])
    #expect(api.kind == .rest)
    #expect(api.stage == "prod")
    #expect(api.region == "us-east-1")
    for route in api.routes {
      guard case .lambdaProxy("F", .v1, .milliseconds(29_000)) = route.integration else {
        Issue.record("\(route)")
        continue
      }
    }
  }

  @Test("names an aws_proxy integration without a method, which API Gateway rejects")
  func missingMethod() throws {
    let source = restTemplate("/a:\n  get:\n\(Self.proxy.replacing("  httpMethod: POST\n", with: "").indented(by: 4))")
    let deployment = try deployment(source)
    #expect(deployment.apis.first?.routes.map(\.integration.kind) == [.lambdaProxy])
    #expect(deployment.warnings.count == 1)
    #expect(
      deployment.warnings.first?.hasSuffix("names no HTTP method, so API Gateway rejects it; write POST") == true)
  }

  @Test("has service integrations with all their mappings")
  func service() throws {
    let source = restTemplate(
      """
      /jobs:
        post:
          parameters: [{name: tenant, in: header}]
          responses:
            "200": {description: OK, headers: {X-Id: {schema: {type: string}}}}
            400: {description: Bad}
          x-amazon-apigateway-integration:
            type: aws
            httpMethod: post
            uri: !Sub arn:aws:apigateway:${AWS::Region}:batch:path//v1/submitjob
            credentials: !GetAtt Missing.Arn
            passthroughBehavior: NEVER
            timeoutInMillis: 5000
            contentHandling: CONVERT_TO_TEXT
            requestParameters:
              integration.request.header.X-Tenant: method.request.header.tenant
              integration.request.header.X-Fixed: "'a'"
            requestTemplates:
              application/json: !Sub |
                {"region": "${AWS::Region}", "body": $input.body}
              text/plain:
              text/xml: ""
            responses:
              default: {statusCode: 400}
              2\\d{2}:
                statusCode: "200"
                responseParameters: {method.response.header.x-id: integration.response.header.X-Id}
                responseTemplates: {application/problem+json: "{}", text/xml: "", application/json: "[]"}
                contentHandling: CONVERT_TO_BINARY
              4\\d{2}: {statusCode: 400}
      """)
    let deployment = try deployment(source)
    #expect(deployment.warnings.isEmpty)
    guard case .service(let action, let definition) = deployment.apis.first?.routes.first?.integration else {
      Issue.record("\(deployment)")
      return
    }
    let mapped = try MappedIntegration(definition)
    #expect(
      action == ServiceAction(method: "POST", service: "batch", region: "us-east-1", path: "/v1/submitjob"))
    #expect(mapped.passthroughBehavior == .never)
    #expect(mapped.timeout == .seconds(5))
    #expect(mapped.contentHandling == .convertToText)
    #expect(mapped.requestParameters.map(\.source) == [.header("tenant"), .literal("a")])
    #expect(Array(mapped.requestTemplates.keys) == ["application/json"])
    #expect(mapped.responses.map(\.pattern) == ["2\\d{2}", "4\\d{2}", nil])
    #expect(mapped.responses.map(\.status) == [200, 400, 400])
    #expect(mapped.responses.first?.headers.map(\.name) == ["x-id"])
    #expect(mapped.responses.first?.headers.map(\.source) == [.header("X-Id")])
    #expect(mapped.responses.first?.templates.map(\.contentType) == ["application/problem+json", "application/json"])
    #expect(mapped.responses.first?.contentHandling == .convertToBinary)
    #expect(mapped.methodResponses == [200, 400])
  }

  @Test("has mock integrations, and integrations given by reference")
  func mock() throws {
    let source = restTemplate(
      """
      /jobs:
        options:
          responses: {200: {description: OK}}
          x-amazon-apigateway-integration: {$ref: '#/components/x-amazon-apigateway-integrations/cors'}
      """,
      more: """
        components:
          x-amazon-apigateway-integrations:
            cors:
              type: mock
              requestTemplates: {application/json: '{"statusCode": 200}'}
              responses: {default: {statusCode: 200}}
        """)
    let deployment = try deployment(source)
    #expect(deployment.warnings.isEmpty)
    guard case .mock(let mapped) = deployment.apis.first?.routes.first?.integration else {
      Issue.record("\(deployment)")
      return
    }
    #expect(mapped.responses.map(\.status) == [200])
    #expect(mapped.timeout == .seconds(29))
    #expect(mapped.passthroughBehavior == .whenNoMatch)
  }

  @Test(
    "with an unsupported integration still has its route, and a warning",
    arguments: [
      ("{type: http_proxy, uri: 'https://example.com', httpMethod: GET}", "an integration of type http_proxy"),
      (
        "{type: aws, httpMethod: POST, uri: 'arn:aws:apigateway:us-east-1:sqs:path/q'}",
        "an integration with a service other than batch: sqs"
      ),
      (
        "{type: aws, httpMethod: POST, uri: 'arn:aws:apigateway:us-east-1:batch:action/SubmitJob'}",
        "the action SubmitJob: API Gateway would send it to /?Action=SubmitJob, which Batch doesn't support; "
          + "write batch:path/v1/submitjob"
      ),
      (
        "{type: aws_proxy, httpMethod: POST, uri: '\(Self.uri("G"))'}",
        "the function G, which is not in this template"
      ),
      (
        "{type: aws_proxy, httpMethod: GET, uri: '\(Self.uri("F"))'}",
        "an aws_proxy integration with httpMethod GET, where Lambda accepts only POST"
      ),
      (
        "{type: aws_proxy, httpMethod: POST, uri: '\(Self.uri("F"))', "
          + "requestParameters: {integration.request.header.X: \"'a'\", integration.request.header.TE: \"'gzip'\"}}",
        "an aws_proxy integration that maps the header TE, to which API Gateway responds with 500"
      ),
      ("{type: aws, httpMethod: POST, uri: !GetAtt F.Arn}", "a function behind mapping templates instead of aws_proxy"),
    ])
  func unsupported(integration: String, text: String) throws {
    let source = restTemplate("/jobs:\n  post:\n    x-amazon-apigateway-integration: \(integration)")
    let deployment = try deployment(source)
    #expect(deployment.warnings.count == 1)
    #expect(
      deployment.warnings.first?.hasPrefix("t.yaml:16: Resources.Api.Properties.DefinitionBody.paths./jobs.post.")
        == true)
    #expect(deployment.warnings.first?.hasSuffix("not emulated: \(text)") == true, "\(deployment.warnings)")
    guard case .unsupported(text) = deployment.apis.first?.routes.first?.integration else {
      Issue.record("\(deployment)")
      return
    }
  }

  @Test(
    "with a mistake is an error with line and path",
    arguments: [
      ("{uri: x}", "16: #: has no type; write aws_proxy, aws or mock"),
      ("{type: lambda}", #"16: #.type: "lambda" is not an integration type; write aws_proxy, aws or mock"#),
      ("{type: aws_proxy}", "16: #: has no uri; write the function's"),
      (
        "{type: aws_proxy, httpMethod: POST, uri: 'arn:aws:lambda:us-east-1:123456789012:function:F'}",
        #"16: #.uri: "arn:aws:lambda:us-east-1:123456789012:function:F" must contain path or action, or API Gateway "#
          + "rejects it; write arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations"
      ),
      (
        "{type: aws_proxy, httpMethod: POST, uri: '\(Self.uri("F").replacing(":path/", with: ":test/"))'}",
        #"16: #.uri: "\#(Self.uri("F").replacing(":path/", with: ":test/"))" must contain path or action"#
      ),
      (
        "{type: aws, uri: x}",
        "16: #: has no httpMethod; write the one that the service expects, which is POST for Batch"
      ),
      (
        "{type: aws, httpMethod: POST, uri: x}",
        #"16: #.uri: "x" is not a service URI; write arn:aws:apigateway:REGION:batch"#
      ),
      ("{type: mock, timeoutInMillis: 10}", #"16: #.timeoutInMillis: is "10"; write a number from 50 to 300000"#),
      (
        "{type: mock, passthroughBehavior: ever}",
        #"16: #.passthroughBehavior: is "ever"; write one of when_no_match, when_no_templates, never"#
      ),
      ("{type: mock, responses: {default: {}}}", "16: #.responses.default: has no statusCode"),
      (
        "{type: mock, responses: {default: {statusCode: 101}}}",
        "16: #.responses.default.statusCode: is \"101\"; write a number from 200 to 599"
      ),
      (
        "{type: mock, responses: {default: {statusCode: 404}}}",
        "16: #.responses.default.statusCode: the method declares no response 404, so API Gateway rejects this"
      ),
      (
        "{type: mock, responses: {default: {statusCode: 200, responseParameters: {method.response.header.A: \"'a'\"}}}}",
        "16: #.responses.default.responseParameters.method.response.header.A: the method's response 200 "
          + "does not declare method.response.header.A"
      ),
      (
        "{type: mock, requestParameters: {integration.request.header.A: method.request.header.B}}",
        "16: #.requestParameters.integration.request.header.A: the method declares no parameter method.request.header.B"
      ),
      (
        "{type: mock, requestParameters: {a: \"'b'\"}}",
        #"16: #.requestParameters.a: "a" is not a valid destination; write integration.request.header.NAME"#
      ),
      (
        "{type: mock, responses: {'2(': {statusCode: 200}}}",
        #"16: #.responses.2(: "2(" is not a valid regular expression"#
      ),
      ("{type: mock, requestTemplates: {application/json: '#if('}}", "16: #.requestTemplates.application/json: "),
      ("{$ref: '#/components/a'}", "16: #.$ref: there is no #/components/a in the document"),
    ])
  func failures(integration: String, message: String) {
    let source = restTemplate(
      "/jobs:\n  post:\n    x-amazon-apigateway-integration: \(integration)\n    responses: {200: {}}")
    let place = "Resources.Api.Properties.DefinitionBody.paths./jobs.post.x-amazon-apigateway-integration"
    let expected = "t.yaml:" + message.replacing("#:", with: "\(place):").replacing(" #.", with: " \(place).")
    let failure = compilationFailure(source)
    #expect(failure.hasPrefix(expected), "\(failure)")
  }

  @Test("of an HTTP API has routes to functions, and a $default route")
  func http() throws {
    let source = """
      \(functionLines)  Api:
          Type: AWS::Serverless::HttpApi
          Properties:
            StageVariables: {a: b}
            DefinitionBody:
              openapi: 3.0.1
              paths:
                /jobs:
                  post:
                    x-amazon-apigateway-integration: {type: aws_proxy, payloadFormatVersion: '2.0', uri: !GetAtt F.Arn}
                  get:
                    x-amazon-apigateway-integration: {type: aws_proxy, uri: !GetAtt F.Arn}
                  put:
                    x-amazon-apigateway-integration: {type: mock}
                /$default:
                  x-amazon-apigateway-any-method:
                    isDefaultRoute: true
                    x-amazon-apigateway-integration: {type: aws_proxy, uri: !GetAtt F.Arn}
      """
    let deployment = try deployment(source)
    let api = try #require(deployment.apis.first)
    #expect(api.kind == .http)
    #expect(api.stage == "$default")
    #expect(api.stageVariables == ["a": "b"])
    try #require(api.routes.map(\.key) == ["POST /jobs", "GET /jobs", "PUT /jobs", "$default"])
    guard case .lambdaProxy("F", .v2, .seconds(30)) = api.routes[0].integration,
      case .lambdaProxy("F", .v1, .seconds(30)) = api.routes[1].integration
    else {
      Issue.record("\(api.routes)")
      return
    }
    #expect(deployment.warnings.count == 1)
    #expect(deployment.warnings.first?.hasSuffix("an integration of type mock of an HTTP API") == true)
  }
}
