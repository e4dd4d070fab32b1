import Hummingbird
import Testing

@testable import LocalAPIGateway

@Suite("The gateway's server")
struct GatewayServerTests {
  @Test(
    "sends no body where HTTP has none, because it would be read as the next response",
    arguments: [(200, false, 4), (200, true, 0), (204, false, 0), (304, false, 0), (404, false, 4)])
  func body(status: Int, isHead: Bool, size: Int) {
    let response = Response(BufferedResponse(status: status, body: Array("body".utf8)), isHead: isHead)
    #expect(response.body.contentLength == size)
  }
}
