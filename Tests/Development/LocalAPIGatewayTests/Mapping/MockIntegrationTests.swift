import JSONTree
import LocalServer
import SAMTemplate
import Testing

@testable import LocalAPIGateway

@Suite("A mock integration")
struct MockIntegrationTests {
  private func respond(_ exchange: Exchange) throws -> BufferedResponse {
    try exchange.integration.mockResponse(to: exchange.routed, traceID: Exchange.traceID)
  }

  @Test("responds as selected by the request template's statusCode")
  func choice() throws {
    var exchange = Exchange(method: "OPTIONS", query: "s=404")
    try exchange.integration.setTemplate(#"{"statusCode": $input.params('s')}"#)
    try exchange.integration.addResponse(
      nil, status: 200, ["Access-Control-Allow-Origin": "'*'", "Access-Control-Allow-Methods": "'OPTIONS,POST'"])
    try exchange.integration.addResponse("404", status: 404, templates: ["application/json": "none: $input.json('$')"])
    let notFound = try respond(exchange)
    #expect(notFound.status == 404)
    // The request template's output isn't used for anything else.
    #expect(notFound.text == "none: {}")
    exchange.query = "s=200"
    let found = try respond(exchange)
    #expect(found.status == 200)
    #expect(found.body.isEmpty)
    #expect(found.header("Access-Control-Allow-Methods") == "OPTIONS,POST")
  }

  /// From LocalStack's test_mock_integration.py, whose parser was verified against AWS; `{statusCode: 200}` was
  /// recorded on 2024-11-29 (test_apigateway_integrations, test_integration_mock_with_path_param).
  @Test(
    "accepts a statusCode in almost-JSON",
    arguments: [
      #"{"statusCode": 200}"#, "{statusCode: 200}", "{ statusCode: 200 }", "{statusCode: 200,super{ f}oo: [ba r]}",
      #"{statusCode: 200, "value": 'goog'}"#, "{statusCode: 200, foo}: [ba r]}", "{statusCode: 200, foo'}: [ba r]}",
      "{statusCode: 200, }foo: [ba r]}", "{statusCode: 200, }foo: ''}", #"{statusCode: 200, " ": " "}"#,
      #"{statusCode: 200, "": ""}"#, "{'statusCode': 200, '': ''}", #"{"statusCode": 200 , }"#,
      #"{"statusCode": 200 ,, }"#, #"{"statusCode": 200 , null: null }"#, "\n{\n  statusCode: 200\n}\n",
      #"{"statusCode": 200, "nested": {"statusCode": 500}}"#,
    ])
  func almostJSON(body: String) throws {
    #expect(MockStatus(Array(body.utf8))?.code == 200)
  }

  @Test(
    "doesn't find a statusCode in other text",
    arguments: [
      "", "{}", "[]", "200", #"{"statusCode": "200"}"#, #"{"statusCode": 200"#, #"{"statusCode': 200 }"#,
      #"{'statusCode": 200 }"#, "{'statusCode: 200 }", "statusCode: 200", "{statusCode: 200, {foo: [ba r]}",
      #"{"statusCode": null}"#, #"{"statusCode": 200.5}"#, "{statusCode: 200x}", "{", "{}}", "{\0}",
    ])
  func noStatus(body: String) {
    #expect(MockStatus(Array(body.utf8)) == nil)
  }

  @Test("fails without a statusCode, without a template, and without a response")
  func failures() throws {
    var exchange = Exchange()
    try exchange.integration.addResponse("200")
    let noTemplate = #expect(throws: GatewayFailure.self) { try respond(exchange) }
    #expect(noTemplate?.type == .apiConfigurationError)
    #expect(noTemplate?.cause?.contains("statusCode") == true)
    try exchange.integration.setTemplate("{}")
    #expect(throws: GatewayFailure.self) { try respond(exchange) }
    try exchange.integration.setTemplate(#"{"statusCode": 201}"#)
    let noResponse = #expect(throws: GatewayFailure.self) { try respond(exchange) }
    #expect(noResponse?.cause?.contains("201") == true)
    exchange.integration.passthroughBehavior = .never
    exchange.headers = [("Content-Type", "text/plain")]
    #expect(throws: GatewayFailure.unsupportedMediaType) { try respond(exchange) }
  }

  /// From LocalStack's test_apigateway_integrations.snapshot.json,
  /// test_integration_mock_with_request_overrides_in_response_template: recorded from AWS on 2024-11-06.
  @Test(
    "passes the request's overrides to the response template",
    arguments: [
      ("eyJtZXNzYWdlIjogInBhdGgxIn0=", "path was path one"), ("eyJtZXNzYWdlIjogInBhdGgyIn0=", "path was path two"),
      ("eyJtZXNzYWdlIjogIndoYXRldmVyIn0=", "this is the else clause"),
    ])
  func requestOverrides(path: String, text: String) throws {
    var exchange = Exchange(method: "GET", path: "/jobs/\(path)")
    try exchange.integration.setTemplate(
      """
      #set($body = $util.base64Decode($input.params('queue')))
      #set($context.requestOverride.path.body = $body)
      {
        "statusCode": 200
      }
      """)
    let template = """
      #set($body = $util.parseJson($context.requestOverride.path.body))
      #set($inputBody = $body.message)
      #if($inputBody == "path1")
      {
         "response": "path was path one"
      }
      #elseif($inputBody == "path2")
      {
         "response": "path was path two"
      }
      #else
      {
        "response": "this is the else clause"
      }
      #end
      """
    try exchange.integration.addResponse(#"2\d{2}"#, templates: ["application/json": template])
    let response = try respond(exchange)
    #expect(try JSON(parsing: response.body)["response"] == .string(text))
  }

  /// From the same file, test_integration_mock_with_response_override_in_request_template: recorded on 2025-05-16.
  @Test("has the status and headers that the request template sets", arguments: [true, false])
  func responseOverrides(hasResponseTemplate: Bool) throws {
    var exchange = Exchange(method: "GET")
    try exchange.integration.setTemplate(
      """

      #set($context.responseOverride.status = 444)
      #set($context.responseOverride.header.foo = "bar")
      #set($context.responseOverride.custom = "is also passed around")
      {
        "statusCode": 200
      }
      """)
    let template = """

      #set($statusOverride = $context.responseOverride.status)
      #set($fooHeader = $context.responseOverride.header.foo)
      #set($custom = $context.responseOverride.custom)
      {
          "statusOverride": "$statusOverride",
          "fooHeader": "$fooHeader",
          "custom": "$custom"
      }
      """
    try exchange.integration.addResponse(
      #"2\d{2}"#, templates: hasResponseTemplate ? ["application/json": template] : [:])
    let response = try respond(exchange)
    #expect(response.status == 444)
    #expect(response.header("foo") == "bar")
    let body = hasResponseTemplate ? try JSON(parsing: response.body).description : response.text
    #expect(
      body
        == (hasResponseTemplate
          ? #"{"statusOverride":"444","fooHeader":"bar","custom":"is also passed around"}"# : ""))
  }

  /// From the same file, test_integration_mock_with_vtl_map_assignation: recorded on 2025-05-29.
  @Test("lets templates set the overrides as maps")
  func mapAssignment() throws {
    var exchange = Exchange(method: "GET")
    try exchange.integration.setTemplate(
      """

      #set($paramName = "foo")
      #set($context.requestOverride.querystring[$paramName] = "bar")
      #set($paramPutName = "putfoo")
      $context.requestOverride.querystring.put($paramPutName, "putBar")
      #set($context["requestOverride"].querystring["nestedfoo"] = "nestedFoo")
      {
        "statusCode": 200
      }
      """)
    let template = """
      #set($value = $context.requestOverride.querystring["foo"])
      #set($value2 = $context.requestOverride.querystring["putfoo"])
      #set($value3 = $context.requestOverride.querystring["nestedfoo"])
      {"value": "$value", "value2": "$value2", "value3": "$value3"}
      """
    try exchange.integration.addResponse(#"2\d{2}"#, templates: ["application/json": template])
    #expect(
      try JSON(parsing: respond(exchange).body).description
        == #"{"value":"bar","value2":"putBar","value3":"nestedFoo"}"#)
  }
}
