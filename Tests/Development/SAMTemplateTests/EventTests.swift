import DevelopmentTestSupport
import JSONTree
import Testing

@testable import SAMTemplate

@Suite("A function's events")
struct EventTests {
  private func template(_ events: String, more: String = "") -> String {
    functionLines + "    Properties:\n      Events:\n" + events.indented(by: 8) + "\n" + more.indented(by: 2)
  }

  @Test("of type Api are routes of the API that SAM adds")
  func rest() throws {
    let deployment = try deployment(
      template(
        """
        One: {Type: Api, Properties: {Path: '/jobs/{queue}', Method: post, TimeoutInMillis: 5000}}
        Any: {Type: Api, Properties: {Path: '/{proxy+}', Method: ANY}}
        """))
    let api = try #require(deployment.apis.first)
    #expect(deployment.apis.count == 1)
    #expect(api.logicalID == "ServerlessRestApi")
    #expect(api.kind == .rest)
    #expect(api.stage == "Prod")
    try #require(api.routes.map(\.key) == ["POST /jobs/{queue}", "ANY /{proxy+}"])
    guard case .lambdaProxy("F", .v1, .seconds(5)) = api.routes[0].integration else {
      Issue.record("\(api.routes)")
      return
    }
  }

  @Test("of type HttpApi are routes of the HTTP API that SAM adds")
  func http() throws {
    let deployment = try deployment(
      template(
        """
        One: {Type: HttpApi, Properties: {Path: '/jobs', Method: POST}}
        Two: {Type: HttpApi, Properties: {Path: '/jobs', Method: get, PayloadFormatVersion: '1.0'}}
        Rest: {Type: HttpApi}
        """))
    let api = try #require(deployment.apis.first)
    #expect(api.logicalID == "ServerlessHttpApi")
    #expect(api.kind == .http)
    #expect(api.stage == "$default")
    try #require(api.routes.map(\.key) == ["POST /jobs", "GET /jobs", "$default"])
    guard case .lambdaProxy("F", .v2, .seconds(30)) = api.routes[0].integration,
      case .lambdaProxy("F", .v1, _) = api.routes[1].integration
    else {
      Issue.record("\(api.routes)")
      return
    }
  }

  @Test("may name an API by its plain logical id")
  func plainName() throws {
    let deployment = try deployment(
      template(
        "A: {Type: Api, Properties: {RestApiId: Api, Path: /a, Method: GET}}",
        more: "Api: {Type: AWS::Serverless::Api, Properties: {StageName: a}}"))
    #expect(deployment.apis.map(\.logicalID) == ["Api"])
    #expect(deployment.apis.first?.routes.map(\.key) == ["GET /a"])
  }

  @Test("win over a method of the document if the API merges definitions, and keep its validator")
  func merged() throws {
    let api = """
      Api:
        Type: AWS::Serverless::Api
        Properties:
          StageName: a
          MergeDefinitions: true
          DefinitionBody:
            x-amazon-apigateway-request-validators: {all: {validateRequestParameters: true}}
            x-amazon-apigateway-request-validator: all
            paths:
              /a:
                get: {x-amazon-apigateway-integration: {type: mock}}
                post: {x-amazon-apigateway-integration: {type: mock}}
      """
    let event = "A: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /a, Method: GET}}"
    let deployment = try deployment(template(event, more: api))
    let routes = try #require(deployment.apis.first?.routes)
    #expect(routes.map(\.key) == ["GET /a", "POST /a"])
    #expect(routes.map(\.integration.kind) == [.lambdaProxy, .mock])
    #expect(routes.first?.validator?.validatesParameters == true)
    #expect(deployment.warnings.count == 1)
    let twice = template(event + "\n" + event.replacing("A:", with: "B:"), more: api)
    #expect(failure(twice).contains("Api already has a route GET /a; change one of them"))
  }

  @Test("may name an API of the template, whose Auth then applies")
  func named() throws {
    let deployment = try deployment(
      template(
        """
        A: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /a, Method: GET}}
        B: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /b, Method: GET, Auth: {Authorizer: NONE}}}
        C: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /c, Method: GET}}
        D: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /d, Method: GET, Auth: {Authorizer: AWS_IAM}}}
        E: {Type: Api, Properties: {RestApiId: other, Path: /e, Method: GET}}
        """,
        more: """
          Http: {Type: AWS::Serverless::HttpApi, Properties: {Auth: {EnableIamAuthorizer: true, DefaultAuthorizer: AWS_IAM}}}
          Rest: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Auth: {ApiKeyRequired: true}, Variables: {a: b}}}
          """))
    try #require(deployment.apis.map(\.logicalID) == ["Http", "Rest"])
    #expect(deployment.apis[0].routes.map(\.key) == ["GET /a", "GET /b"])
    #expect(deployment.apis[0].routes.map(\.requiresIAM) == [true, false])
    #expect(deployment.apis[1].routes.map(\.requiresIAM) == [false, true])
    #expect(deployment.apis[1].routes.map(\.requiresAPIKey) == [true, true])
    #expect(deployment.apis[1].stageVariables == ["a": "b"])
    #expect(
      deployment.warnings == [
        "t.yaml:10: Resources.F.Properties.Events.E.Properties.RestApiId: the template has no REST API \"other\"; "
          + "the route is ignored"
      ])
  }

  @Test("of type HttpApi are added to a document, whose own integrations stay, as in SAM")
  func httpDocument() throws {
    func source(_ document: String) -> String {
      template(
        """
        A: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /a, Method: GET}}
        B: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /b, Method: GET}}
        C: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /c, Method: GET}}
        D: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /$default, Method: ANY}}
        """, more: "Http: {Type: AWS::Serverless::HttpApi, Properties: {\(document)}}")
    }
    let paths =
      "{/b: {get: {x-amazon-apigateway-integration: {type: http_proxy}}}, /c: {get: {}}, "
      + "/$default: {x-amazon-apigateway-any-method: {isDefaultRoute: true}}}"
    let deployment = try deployment(source("DefinitionBody: {openapi: 3.0.1, paths: \(paths)}"))
    let routes = try #require(deployment.apis.first).routes
    #expect(routes.map(\.key) == ["GET /b", "GET /c", "$default", "GET /a"])
    #expect(routes.map(\.integration.kind) == [.unsupported, .lambdaProxy, .lambdaProxy, .lambdaProxy])
    #expect(deployment.warnings.count == 1, "\(deployment.warnings)")
  }

  @Test("add nothing to an API with a document unless it's to be merged, as in SAM")
  func document() throws {
    func source(_ properties: String) -> String {
      template(
        "A: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /a, Method: GET}}",
        more: """
          Rest:
            Type: AWS::Serverless::Api
            Properties:
              StageName: v1
              DefinitionBody: {swagger: 2.0, paths: {/b: {get: {x-amazon-apigateway-integration: {type: mock}}}}}
          \(properties)
          """)
    }
    let plain = try deployment(source(""))
    #expect(plain.apis.first?.routes.map(\.key) == ["GET /b"])
    #expect(plain.warnings.count == 1)
    #expect(plain.warnings.first?.hasSuffix("Rest lacks GET /a, and SAM adds no routes to it; add it there") == true)
    let merged = try deployment(source("    MergeDefinitions: true"))
    #expect(merged.apis.first?.routes.map(\.key) == ["GET /b", "GET /a"])
  }

  @Test("may require a model and parameters")
  func validation() throws {
    let deployment = try deployment(
      template(
        """
        A:
          Type: Api
          Properties:
            RestApiId: !Ref Rest
            Path: /a
            Method: POST
            RequestModel: {Model: Job, ValidateBody: true, ValidateParameters: true}
            RequestParameters: [{method.request.header.X: {Required: true}}, method.request.querystring.y]
        """,
        more: "Rest: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Models: {Job: {type: object}}}}"))
    let validation = try #require(deployment.apis.first?.routes.first?.validator)
    #expect(validation.validatesBody && validation.validatesParameters)
    let model = try #require(validation.models["application/json"])
    #expect(model.schema == .members(["type": .string("object")]))
    #expect(validation.requiredParameters == ["method.request.header.X"])
  }

  @Test("of another type get a warning")
  func others() throws {
    let deployment = try deployment(template("A: {Type: Schedule, Properties: {Schedule: !ImportValue x}}"))
    #expect(
      deployment.warnings == ["t.yaml:6: Resources.F.Properties.Events.A: events of type Schedule are not emulated"])
    #expect(deployment.apis.isEmpty)
  }

  @Test(
    "with a mistake are errors with line and path",
    arguments: [
      (
        "A: {Type: Api, Properties: {Path: /a}}",
        "t.yaml:6: Resources.F.Properties.Events.A.Properties: needs both Path and Method"
      ),
      (
        "A: {Type: Api, Properties: {Path: a, Method: GET}}",
        #"t.yaml:6: Resources.F.Properties.Events.A.Properties.Path: "a" is not a valid path"#
      ),
      (
        "A: {Type: Api, Properties: {Path: /a, Method: FETCH}}",
        #"t.yaml:6: Resources.F.Properties.Events.A.Properties.Method: "FETCH" is not an HTTP method"#
      ),
      (
        "A: {Type: HttpApi, Properties: {TimeoutInMillis: 31000}}",
        #"t.yaml:6: Resources.F.Properties.Events.A.Properties.TimeoutInMillis: is "31000"; write a number from 50 to 30000"#
      ),
      (
        "A: {Type: HttpApi}\nB: {Type: HttpApi}",
        "t.yaml:7: Resources.F.Properties.Events.B: ServerlessHttpApi already has a route $default"
      ),
      ("A: {}", "t.yaml:6: Resources.F.Properties.Events.A: has no Type; write Api or HttpApi"),
    ])
  func failures(events: String, message: String) {
    let failure = failure(template(events))
    #expect(failure.hasPrefix(message), "\(failure)")
  }
}
