import Glibc
import Testing

@testable import apigw_batch

@Suite("An interruption")
struct InterruptionTests {
  @Test("is noticed even if the signal arrives at once", .timeLimit(.minutes(1)))
  func immediate() async {
    let interruption = Interruption()
    kill(getpid(), SIGINT)
    await interruption.wait()
    interruption.end()
  }
}
