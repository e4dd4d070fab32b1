import Foundation
import LocalAPIGateway
import LocalLambda
import SAMTemplate
import Testing

@testable import Comparison

@Suite("The reports of a function's invocations")
struct InvocationReportsTests {
  @Test("are taken from the gateway's log, each once, and no other entry is")
  func taken() {
    let reports = InvocationReports()
    reports.note(.lambda(.start(requestID: "5f1b")))
    reports.note(.lambda(.report(report(initDuration: .microseconds(81_250)))))
    reports.note(.lambda(.end(requestID: "5f1b")))
    reports.note(
      .request(AccessLogEntry(method: "POST", path: "/jobs", integration: .lambdaProxy, status: 200, time: .zero)))
    #expect(reports.take().map(\.requestID) == ["5f1b"])
    #expect(reports.take().isEmpty)
  }

  @Test("give the init phase in milliseconds with two decimal places, and the failure by its type")
  func values() {
    let cold = report(initDuration: .nanoseconds(81_254_999), status: .timeout)
    #expect((cold.billedMilliseconds, cold.memorySize) == (84, 128))
    #expect(cold.initMilliseconds == Decimal(string: "81.25"))
    #expect(cold.failure == "timeout")
    let warm = report(initDuration: nil)
    #expect((warm.billedMilliseconds, warm.initMilliseconds, warm.failure) == (3, nil, nil))
    #expect(report(initDuration: nil, status: .error("Runtime.ExitError")).failure == "Runtime.ExitError")
  }

  private func report(initDuration: Duration?, status: InvocationReport.Status? = nil) -> InvocationReport {
    InvocationReport(
      requestID: "5f1b", duration: .microseconds(2_340), initDuration: initDuration, memorySize: 128,
      maxMemoryUsed: 20, status: status)
  }
}
