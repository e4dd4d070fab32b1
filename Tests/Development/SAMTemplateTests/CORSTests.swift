import DevelopmentTestSupport
import Testing

@testable import SAMTemplate

@Suite("CORS of an API")
struct CORSTests {
  private func preflights(_ cors: String, _ paths: String = "/a: {get: {}, post: {}}") throws -> [RouteDefinition] {
    let source = restTemplate(paths, properties: "Cors: \(cors)")
    return try #require(try deployment(source).apis.first).routes.filter { $0.method == "OPTIONS" }
  }

  private func headers(_ route: RouteDefinition?) -> [String] {
    guard case .mock(let integration)? = route?.integration, let response = integration.responses.first else {
      return []
    }
    return response.parameters.map { "\($0.destination.split(separator: ".").last ?? ""): \($0.source)" }
  }

  @Test("in SAM is an OPTIONS method on every path without one")
  func everyPath() throws {
    let paths = "/a: {get: {}, post: {}}\n/b: {options: {}}\n/c: {x-amazon-apigateway-any-method: {}}"
    let routes = try preflights(#""'*'""#, paths)
    #expect(routes.map(\.key) == ["OPTIONS /b", "OPTIONS /a", "OPTIONS /c"])
    #expect(
      headers(routes[1]) == ["Access-Control-Allow-Origin: '*'", "Access-Control-Allow-Methods: 'GET,OPTIONS,POST'"])
    #expect(headers(routes[2]).last == "Access-Control-Allow-Methods: 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'")
    guard case .mock(let integration) = routes[1].integration else { return }
    #expect(integration.responses.map(\.status) == [200])
    #expect(integration.requestTemplates["application/json"]?.text == #"{"statusCode": 200}"#)
  }

  @Test(
    "in SAM has the headers of its settings",
    arguments: [
      (
        #"{AllowOrigin: "'https://a.example'", AllowHeaders: "'X-A'", AllowMethods: "'GET'", MaxAge: "'600'", "#
          + "AllowCredentials: true}",
        [
          "Origin: 'https://a.example'", "Headers: 'X-A'", "Methods: 'GET'", "Max-Age: '600'", "Credentials: 'true'",
        ]
      ),
      ("{MaxAge: 0, AllowCredentials: false}", ["Origin: '*'", "Max-Age: '0'", "Methods: 'GET,OPTIONS,POST'"]),
      ("''", []), ("!Ref AWS::NoValue", []),
    ])
  func settings(cors: String, expected: [String]) throws {
    let headers = headers(try preflights(cors).first)
    #expect(headers.map { $0.replacing("Access-Control-", with: "").replacing("Allow-", with: "") } == expected)
  }

  @Test("in SAM takes values that API Gateway or SAM don't accept, with a warning")
  func unquoted() throws {
    let cors = "{AllowOrigin: origins, MaxAge: 600, AllowCredentials: \"'true'\"}"
    #expect(
      headers(try preflights(cors).first).prefix(2) == [
        "Access-Control-Allow-Origin: 'origins'", "Access-Control-Max-Age: '600'",
      ])
    let place = "t.yaml:9: Resources.Api.Properties.Cors"
    #expect(
      try deployment(restTemplate("/a: {}", properties: "Cors: \(cors)")).warnings == [
        "\(place).AllowOrigin: API Gateway rejects this, because the value has no single quotes; write \"'origins'\"",
        "\(place).AllowCredentials: is ignored, because it is neither true nor false; write one of them",
      ])
    #expect(
      try deployment(restTemplate("/a: {}", properties: "Cors: true")).warnings == [
        "\(place): API Gateway rejects this, because the value has no single quotes; write \"'*'\""
      ])
  }

  @Test("in SAM is merged from Globals, covers the routes of events and can be signed")
  func events() throws {
    let source = """
      Globals: {Api: {Cors: "'*'", Auth: {DefaultAuthorizer: AWS_IAM}}}
      \(functionLines)    Properties: {Events: {E: {Type: Api, Properties: {Path: /f, Method: GET}}}}
      """
    let routes = try #require(try deployment(source).apis.first).routes
    #expect(routes.map(\.key) == ["GET /f", "OPTIONS /f"])
    #expect(routes.map(\.requiresIAM) == [true, true])
    let uncovered = source.replacing("AWS_IAM}", with: "AWS_IAM, AddDefaultAuthorizerToCorsPreflight: false}")
    #expect(try deployment(uncovered).apis.first?.routes.map(\.requiresIAM) == [true, false])
    let keyed = source.replacing("DefaultAuthorizer: AWS_IAM", with: "ApiKeyRequired: true")
    #expect(try deployment(keyed).apis.first?.routes.map(\.requiresAPIKey) == [true, true])
    let free = keyed.replacing("true}", with: "true, AddApiKeyRequiredToCorsPreflight: false}")
    #expect(try deployment(free).apis.first?.routes.map(\.requiresAPIKey) == [true, false])
  }

  @Test("in SAM can't have credentials for any origin")
  func credentials() {
    for cors in ["{AllowCredentials: true}", #"{AllowCredentials: true, AllowOrigin: "'*'"}"#] {
      #expect(
        failure(restTemplate("/a: {get: {}}", properties: "Cors: \(cors)"))
          == "t.yaml:9: Resources.Api.Properties.Cors.AllowCredentials: can't be true for any origin; write the origin "
          + "as AllowOrigin, as in \"'https://…'\"")
    }
  }

  private func cors(_ properties: String, _ document: String = "") throws -> CORSDefinition? {
    try #require(try deployment(Self.http(properties, document)).apis.first).cors
  }

  private static func http(_ properties: String, _ document: String = "") -> String {
    "Resources:\n  Api: {Type: AWS::Serverless::HttpApi, Properties: {\(properties) DefinitionBody: "
      + "{paths: {}\(document)}}}"
  }

  @Test("of an HTTP API comes from CorsConfiguration, the document, or both")
  func configuration() throws {
    #expect(try cors("") == nil)
    #expect(try cors("CorsConfiguration: false,") == nil)
    var any = CORSDefinition()
    any.allowOrigins = ["*"]
    #expect(try cors("CorsConfiguration: true,") == any)
    var full = CORSDefinition()
    full.allowOrigins = ["https://a.example"]
    full.allowMethods = ["GET", "POST"]
    full.allowHeaders = ["x-a"]
    full.exposeHeaders = ["x-b"]
    full.maxAge = 600
    full.allowCredentials = true
    let document = """
      , x-amazon-apigateway-cors: {allowOrigins: ['https://a.example'], allowMethods: [get, POST], allowHeaders: x-a, \
      exposeHeaders: [x-b], maxAge: 600, allowCredentials: true}
      """
    #expect(try cors("", document) == full)
    full.maxAge = 0
    full.allowHeaders = ["x-c", "x-d"]
    #expect(try cors("CorsConfiguration: {MaxAge: 0, AllowHeaders: 'x-c, x-d'},", document) == full)
    #expect(
      failure(Self.http("CorsConfiguration: {AllowOrigins: ['*'], AllowCredentials: true},"))
        == "t.yaml:2: Resources.Api.Properties.CorsConfiguration: allows credentials for any origin, which API Gateway "
        + "rejects; name the origins")
    let plain =
      "Resources:\n  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP, CorsConfiguration: "
      + "{AllowOrigins: ['*'], Unheard: of}}}"
    let deployment = try deployment(plain)
    #expect(deployment.apis.first?.cors == any)
    #expect(deployment.warnings.last == "t.yaml:2: Resources.Api.Properties.CorsConfiguration.Unheard: not emulated")
  }
}
