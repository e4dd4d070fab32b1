import Hummingbird
import Platform
import SigV4
import Testing

@testable import LocalAWS

@Suite("The gateway")
struct GatewayTests {
  @Test("answers with no interim status, after which a caller would wait without end", arguments: [100, 101, 199])
  func interim(status: Int) async throws {
    var integration = MappedIntegration()
    try integration.setTemplate(#"{"statusCode": 200}"#)
    try integration.addResponse(
      templates: ["application/json": "#set($context.responseOverride.status = \(status))"])
    var api = API.sample(.rest)
    api.routes = [Route(method: "GET", path: PathTemplate("/"), integration: .mock(integration))]
    let gateway = Gateway(
      routes: RouteTable([api]), functions: [:],
      services: ServiceClient(
        environment: Platform.Environment([:]),
        credentials: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"), clock: .system))
    let answer = await gateway.answer(.sample("GET /"))
    #expect(answer.response.status == 500)
    #expect(answer.cause?.contains("the response's status is \(status); override it with one from 200") == true)
  }

  @Test(
    "sends no body where HTTP has none, for it would be read as the next response",
    arguments: [(200, false, 4), (200, true, 0), (204, false, 0), (304, false, 0), (404, false, 4)])
  func body(status: Int, isHead: Bool, size: Int) {
    let response = Response(ClientResponse(status: status, body: Array("body".utf8)), isHead: isHead)
    #expect(response.body.contentLength == size)
  }
}
