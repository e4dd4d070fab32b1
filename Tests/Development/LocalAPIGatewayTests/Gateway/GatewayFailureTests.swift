import HTTPTypes
import JSONTree
import LocalLambda
import LocalServer
import SAMTemplate
import Testing

@testable import LocalAPIGateway

@Suite("A failure of the gateway itself")
struct GatewayFailureTests {
  @Test("is a JSON message; a REST API adds the error's name")
  func unchanged() {
    let rest = GatewayFailure.missingAuthenticationToken.response(of: .sample(.rest))
    #expect(rest.status == 403)
    #expect(rest.text == #"{"message":"Missing Authentication Token"}"#)
    #expect(rest.header("x-amzn-ErrorType") == "MissingAuthenticationTokenException")
    let http = GatewayFailure.notFound.response(of: .sample(.http))
    #expect(http.status == 404)
    #expect(http.text == #"{"message":"Not Found"}"#)
    #expect(http.headers == [.contentType: "application/json"])
  }

  @Test("follows the template's customization of its type")
  func customized() {
    var api = APIDefinition.sample(.rest)
    api.stageVariables = ["color": "red"]
    api.gatewayResponses[.badRequestBody] = GatewayResponse(
      status: 422, headers: [("X-Kind", "'static'"), ("X-Request", "context.requestId"), ("X-Missing", "context.no")],
      templates: [
        (
          "application/problem+json",
          #"{"m":$context.error.messageString,"v":"${context.error.validationErrorString}","s":"$stageVariables.color","n":"$context.nothing","p":"$5"}"#
        )
      ])
    let failure = GatewayFailure(.badRequestBody, "Invalid \"body\"", validationError: "[no]")
    let response = failure.response(of: api)
    #expect(response.status == 422)
    #expect(response.text == #"{"m":"Invalid \"body\"","v":"[no]","s":"red","n":"","p":"$5"}"#)
    #expect(
      response.headers.lines == [
        "Content-Type: application/problem+json", "x-amzn-ErrorType: BadRequestException", "X-Kind: static",
        "X-Request: 6f9b2b5e-3d4c-4a71-9f0e-0d9c8b7a6f5e",
      ])
  }

  @Test("follows DEFAULT_4XX and DEFAULT_5XX if its type isn't customized")
  func fallback() {
    var api = APIDefinition.sample(.rest)
    api.gatewayResponses[.default4xx] = GatewayResponse(templates: [("application/json", "4xx")])
    api.gatewayResponses[.default5xx] = GatewayResponse(templates: [("application/json", "$context.error.responseType")]
    )
    #expect(GatewayFailure.unsupportedMediaType.response(of: api).text == "4xx")
    let malformed = GatewayFailure.malformedProxyResponse("no").response(of: api)
    #expect(malformed.status == 502)
    #expect(malformed.text == "DEFAULT_5XX")
    let timeout = GatewayFailure.integrationTimeout.response(of: api)
    #expect(timeout.status == 504)
    #expect(timeout.text == "INTEGRATION_TIMEOUT")
  }
}

extension GatewayFailure {
  /// The response to a sample request.
  fileprivate func response(of api: APIDefinition) -> BufferedResponse {
    let context = RequestContext(request: .sample("POST /a"), api: api, resourcePath: nil)
    return response(context, pathParameters: [], traceID: TraceID(at: context.request.time))
  }
}

@Suite("A line of the gateway's log")
struct AccessLogEntryTests {
  @Test("contains method, path, integration, status and times")
  func line() {
    var entry = AccessLogEntry(
      method: "POST", path: "/a\u{1b}[2J", integration: .service, status: 200, batchStatus: 400,
      time: .microseconds(4140), integrationTime: .microseconds(2900))
    #expect(entry.description == "POST /a?[2J aws 200 (Batch 400) 4.1 ms, integration 2.9 ms")
    entry.batchStatus = nil
    #expect(entry.description == "POST /a?[2J aws 200 4.1 ms, integration 2.9 ms")
    entry = AccessLogEntry(
      method: "GET", path: "/", integration: nil, status: 403, time: .zero, cause: "Missing\nAuthentication Token")
    #expect(entry.description == "GET / no route 403 0.0 ms: Missing?Authentication Token")
  }
}
