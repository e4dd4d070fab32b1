import HTTPTransport
import Testing

@testable import LambdaRuntime

@Suite("An error of the Runtime API")
struct RuntimeErrorTests {
  private static let lost = RuntimeError.transport(
    TransportError(requestWasSent: true, cause: .interrupted, message: "Empty reply from server"))

  @Test("ends the process if its status is 500")
  func fatal() {
    #expect(RuntimeError.status(500).isFatal)
  }

  @Test(
    "does not end the process otherwise",
    arguments: [
      .status(400), .status(403), .status(410), .status(413), .status(502), .status(503), .noRequestID,
      .noDeadline(requestID: "r", invocationID: nil), lost,
    ])
  func notFatal(error: RuntimeError) {
    #expect(!error.isFatal)
  }

  @Test("says what is wrong")
  func words() {
    #expect("\(RuntimeError.status(403))" == "status 403")
    #expect("\(RuntimeError.noRequestID)".contains("Lambda-Runtime-Aws-Request-Id"))
    #expect("\(RuntimeError.noDeadline(requestID: "r", invocationID: nil))".contains("Lambda-Runtime-Deadline-Ms"))
    #expect("\(Self.lost)".contains("Empty reply from server"))
  }
}
