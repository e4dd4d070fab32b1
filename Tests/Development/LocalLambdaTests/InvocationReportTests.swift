import Testing

@testable import LocalLambda

@Suite("The REPORT line")
struct InvocationReportTests {
  private func report(
    init initDuration: Duration? = nil, memory: Int? = 14, status: InvocationReport.Status? = nil
  ) -> InvocationReport {
    InvocationReport(
      requestID: "8f5", duration: .microseconds(12_340), initDuration: initDuration, memorySize: 128,
      maxMemoryUsed: memory, status: status)
  }

  @Test("of a process's first invocation matches Lambda's, tab for tab")
  func cold() {
    let report = report(init: .microseconds(33_210))
    #expect(
      "\(report)" == "REPORT RequestId: 8f5\tDuration: 12.34 ms\tBilled Duration: 46 ms\tMemory Size: 128 MB\t"
        + "Max Memory Used: 14 MB\tInit Duration: 33.21 ms\t")
  }

  @Test("of a later invocation neither has nor bills an init phase")
  func warm() {
    #expect(
      "\(report())" == "REPORT RequestId: 8f5\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\t"
        + "Max Memory Used: 14 MB\t")
  }

  @Test("states a timeout or an error, and omits what could not be measured")
  func failures() {
    #expect("\(report(status: .timeout))".hasSuffix("Max Memory Used: 14 MB\tStatus: timeout\t"))
    #expect(
      "\(report(memory: nil, status: .error("Runtime.ExitError")))".hasSuffix(
        "Memory Size: 128 MB\tStatus: error\tError Type: Runtime.ExitError\t"))
  }
}
