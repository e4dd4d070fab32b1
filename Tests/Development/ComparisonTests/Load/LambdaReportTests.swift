import Foundation
import Testing

@testable import Comparison
@testable import LocalAWS

@Suite("A report of Lambda's")
struct LambdaReportTests {
  @Test("is read as the local Lambda writes it")
  func reads() throws {
    func line(initDuration: Duration?) -> String {
      InvocationReport(
        requestID: "5f1b", duration: .microseconds(2_340), initDuration: initDuration, memorySize: 128,
        maxMemoryUsed: 20, status: .timeout
      ).description
    }
    let cold = try #require(LambdaReport(line: line(initDuration: .microseconds(81_250))))
    #expect((cold.billedDuration, cold.memorySize) == (84, 128))
    #expect(cold.initDuration == Decimal(string: "81.25"))
    let warm = try #require(LambdaReport(line: line(initDuration: nil)))
    #expect((warm.billedDuration, warm.initDuration) == (3, nil))
  }

  @Test(
    "is no other line, and none that is cut off",
    arguments: [
      "", "START RequestId: 5f1b Version: $LATEST", "END RequestId: 5f1b", "REPORT RequestId: 5f1b\t",
      "REPORT RequestId: 5f1b\tDuration: 2.34 ms\tBilled Duration: 3 ms\t", "POST /jobs 200 Init Duration: 3 ms",
      "REPORT RequestId: 5f1b\tBilled Duration: x ms\tMemory Size: 128 MB\t",
      "REPORT RequestId: 5f1b\tBilled Duration: 3 s\tMemory Size: 128 MB\t",
    ])
  func others(line: String) {
    #expect(LambdaReport(line: line) == nil)
  }
}
