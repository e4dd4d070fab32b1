import Testing
import Workstation

@testable import apigw_batch

@Suite("An unusable URL")
struct UnusableURLTests {
  @Test("is quoted without its user name and password")
  func userInfo() {
    let endpoint = #expect(throws: UsageError.self) {
      try BatchOptions.check(endpoint: "http://user:secret@127.0.0.1:5000")
    }
    let message = "\(endpoint.map { "\($0)" } ?? "")"
    #expect(message.contains("http://[redacted]@127.0.0.1:5000") && !message.contains("secret"))
  }
}
