import Testing
import Workstation

@testable import Doctor

@Suite("The doctor's findings about this machine")
struct MachineCheckTests {
  private func run(_ output: String, status: Int32 = 0) -> MachineCheck.Probe {
    probe(.success(ProgramRun(status: status, output: Array(output.utf8), error: "")))
  }

  private func probe(_ outcome: Result<ProgramRun, ProgramRun.Failure>) -> MachineCheck.Probe {
    MachineCheck.Probe(command: "pkg-config --modversion libcurl", outcome: outcome)
  }

  @Test(
    "require Swift 6.2 or later",
    arguments: [
      ("Swift version 6.3.1 (swift-6.3.1-RELEASE)\nTarget: x86_64-unknown-linux-gnu", "ok    Swift 6.3.1"),
      ("Swift version 6.2 (swift-6.2-RELEASE)", "ok    Swift 6.2"),
      ("Swift version 6.10-dev", "ok    Swift 6.10"),
      (
        "Swift version 6.1.3 (swift-6.1.3-RELEASE)",
        "fail  Swift 6.1.3 is too old: 6.2 or later is needed, from there; run: make libraries"
      ),
    ])
  func swift(output: String, line: String) {
    #expect(MachineCheck.version(of: "Swift", atLeast: [6, 2], run(output), from: ", from there").description == line)
  }

  @Test("report a program that is missing, doesn't run or prints no version")
  func missing() {
    for broken in [probe(.failure(.notRun)), run("7.88.1", status: 1), run("what?")] {
      #expect(
        MachineCheck.version(of: "libcurl", atLeast: [7, 87], broken).description
          == "fail  libcurl was not found: 7.87 or later is needed; run: make libraries")
    }
  }

  @Test("do not report a program as missing that was only too slow")
  func slow() {
    #expect(
      MachineCheck.version(of: "libcurl", atLeast: [7, 87], probe(.failure(.timedOut))).description
        == "skip  libcurl: not checked, because 'pkg-config --modversion libcurl' took longer than 20 s; "
        + "run: pkg-config --modversion libcurl")
  }

  @Test("require libcurl 7.87 or later")
  func libraries() {
    let curl = { MachineCheck.version(of: "libcurl", atLeast: [7, 87], $0).description }
    #expect(curl(run("7.88.1\n")) == "ok    libcurl 7.88.1")
    #expect(curl(run("8.5.0\n")) == "ok    libcurl 8.5.0")
    #expect(curl(run("7.87.0\n")) == "ok    libcurl 7.87.0")
    #expect(curl(run("7.81.0\n")) == "fail  libcurl 7.81.0 is too old: 7.87 or later is needed; run: make libraries")
  }

  @Test("compare versions as numbers")
  func versions() throws {
    #expect(try #require(Version(in: "aws-cli/2.9.19 Python/3.11.2")) == [2, 9, 19])
    #expect(Version(in: "SAM CLI, version 1") == nil)
    #expect(([6, 10] as Version) > [6, 9])
    #expect(([6, 2] as Version) <= [6, 2, 0])
  }
}
