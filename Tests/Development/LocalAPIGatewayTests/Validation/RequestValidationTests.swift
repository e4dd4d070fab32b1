import DevelopmentTestSupport
import JSONTree
import HTTPTypes
import Platform
import SAMTemplate
import Testing

@testable import LocalAPIGateway

@Suite("A request is validated before its integration")
struct RequestValidationTests {
  static let model = """
    {"type": "object", "properties": {"a": {"type": "number"}, "b": {"type": "number"}}, "required": ["a", "b"]}
    """

  @Test("required parameters must be present and not blank; missing ones are listed in the order of their keys")
  func parameters() throws {
    let validation = RequestValidation(
      validatesParameters: true,
      requiredParameters: [
        "method.request.querystring.page.size", "method.request.path.queue", "method.request.header.X-Tenant",
      ])
    #expect(failure(validation, headers: [("x-tenant", "t")], query: "page.size=1", path: [("queue", "q")]) == nil)
    #expect(
      failure(validation, headers: [("x-tenant", "t")], query: "x=2&page%2Esize=%31", path: [("queue", "q")]) == nil)
    let none = failure(validation)
    #expect(none?.type == .badRequestParameters)
    #expect(none?.message == "Missing required request parameters: [X-Tenant, queue, page.size]")
    #expect(none?.validationError == nil)
    let blank = failure(
      validation, headers: [("X-Tenant", "")], query: "page.size=+&Page.size=1", path: [("queue", "q")])
    #expect(blank?.message == "Missing required request parameters: [X-Tenant, page.size]")
  }

  @Test("a body must match its model")
  func body() throws {
    let validation = try RequestValidation(validatesBody: true, models: ["application/json": model()])
    #expect(failure(validation, body: #"{"a": 1, "b": 2}"#) == nil)
    let failure = failure(validation, body: #"{"test": "test"}"#)
    #expect(failure?.type == .badRequestBody)
    #expect(failure?.message == "Invalid request body")
    #expect(failure?.validationError == #"[object has missing required properties (["a","b"])]"#)
    let violations = self.failure(validation, body: #"{"b": "x", "a": null}"#)?.validationError
    #expect(
      violations == """
        [instance type (null) does not match any allowed primitive type (allowed: ["integer","number"]), \
        instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])]
        """)
  }

  @Test("a body that isn't JSON is rejected, even an empty one", arguments: ["", " ", "{", "{}x", "a=1"])
  func noJSON(body: String) throws {
    let validation = try RequestValidation(validatesBody: true, models: ["application/json": JSONSchema(.object([]))])
    let failure = failure(validation, body: body)
    #expect(failure?.type == .badRequestBody)
    #expect(failure?.validationError == "[Unknown error parsing request body]")
  }

  @Test(
    "the content type selects the model; without one, the body isn't checked",
    arguments: [
      (nil, ["application/json"], true), ("application/json", ["application/json"], true),
      ("application/json; charset=utf-8", ["application/json"], true), ("Application/JSON", ["application/json"], true),
      ("text/plain", ["application/json"], false), ("text/plain", ["application/json", "$default"], true),
      ("application/json", [], false), (nil, ["text/plain"], false),
    ] as [(String?, [String], Bool)])
  func contentType(type: String?, models: [String], isChecked: Bool) throws {
    let model = try model()
    let validation = RequestValidation(
      validatesBody: true, models: Dictionary(uniqueKeysWithValues: models.map { ($0, model) }))
    let headers: HTTPFields = type.map { [("Content-Type", $0)] } ?? []
    #expect((failure(validation, headers: headers, body: "{}") != nil) == isChecked)
  }

  @Test("parameters are checked before the body, and only if asked for")
  func order() throws {
    var validation = try RequestValidation(
      validatesBody: true, validatesParameters: true, models: ["application/json": model()],
      requiredParameters: ["method.request.header.X"])
    #expect(failure(validation)?.type == .badRequestParameters)
    validation.validatesParameters = false
    #expect(failure(validation)?.type == .badRequestBody)
    validation.validatesBody = false
    #expect(failure(validation) == nil)
  }

  private func model() throws -> JSONSchema {
    try JSONSchema(JSON(parsing: Array(Self.model.utf8)))
  }

  private func failure(
    _ validation: RequestValidation, headers: HTTPFields = [], query: String? = nil,
    path: [RoutedRequest.PathParameter] = [], body: String = ""
  ) -> GatewayFailure? {
    let request = ClientRequest(
      id: "id", extendedID: "extended", time: Timestamp(milliseconds: 0), method: "POST", path: "/", query: query,
      host: "localhost", headers: headers, body: Array(body.utf8), sourceIP: "127.0.0.1")
    do throws(GatewayFailure) {
      try validation.check(
        RoutedRequest(
          request: request, api: .sample(.rest), method: "POST", path: PathTemplate("/"), pathParameters: path))
      return nil
    } catch {
      return error
    }
  }
}
