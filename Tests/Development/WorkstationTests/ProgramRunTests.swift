import TestSupport
import Testing

@testable import Workstation

@Suite("A program that the command runs")
struct ProgramRunTests {
  @Test("returns its status and what it wrote")
  func outcome() async throws {
    let run = try #require(
      await ProgramRun.of("sh", ["-c", "echo $WORD; echo one >&2; echo two >&2; exit 3"], setting: ["WORD": "out"]))
    #expect(run.status == 3)
    #expect(run.text == "out\n")
    #expect(run.lastErrorLine == "two")
    #expect(await ProgramRun.of("sh", ["-c", "kill -KILL $$"])?.status == 137)
  }

  @Test("returns nil if it is missing or doesn't end in time", .timeLimit(.minutes(1)))
  func none() async {
    #expect(await ProgramRun.of("no-such-program", []) == nil)
    #expect(await ProgramRun.of("sleep", ["3600"], timeLimit: .milliseconds(100)) == nil)
  }

  @Test("distinguishes a missing program from one that is too slow", .timeLimit(.minutes(1)))
  func failures() async {
    func failure(_ program: String, within timeLimit: Duration) async -> ProgramRun.Failure? {
      switch await ProgramRun.attempt(program, ["3600"], timeLimit: timeLimit) {
      case .success: nil
      case .failure(let failure): failure
      }
    }
    #expect(await failure("no-such-program", within: .seconds(60)) == .notRun)
    #expect(await failure("sleep", within: .milliseconds(100)) == .timedOut)
  }
}
