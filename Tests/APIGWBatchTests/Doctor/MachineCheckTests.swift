import Testing

@testable import apigw_batch

@Suite("What the doctor says of this machine")
struct MachineCheckTests {
  private func run(_ output: String, status: Int32 = 0) -> ProgramRun {
    ProgramRun(status: status, output: Array(output.utf8), error: "")
  }

  @Test(
    "takes a Swift of 6.2 or later",
    arguments: [
      ("Swift version 6.3.1 (swift-6.3.1-RELEASE)\nTarget: x86_64-unknown-linux-gnu", "ok    Swift 6.3.1"),
      ("Swift version 6.2 (swift-6.2-RELEASE)", "ok    Swift 6.2"),
      ("Swift version 6.10-dev", "ok    Swift 6.10"),
      (
        "Swift version 6.1.3 (swift-6.1.3-RELEASE)",
        "fail  Swift 6.1.3 is too old: install Swift 6.2 or later by https://www.swift.org/install/linux/; type: make"
      ),
      ("what?", "warn  Swift: its version is not understood; 6.2 or later is needed; type: swift --version"),
    ])
  func swift(output: String, line: String) {
    #expect(MachineCheck.toolchain(run(output)).description == line)
  }

  @Test("misses a Swift that isn't there, or doesn't run")
  func noSwift() {
    for broken in [nil, run("Swift version 6.3", status: 1)] {
      let finding = MachineCheck.toolchain(broken)
      #expect(finding.verdict == .fail)
      #expect(finding.text.hasPrefix("Swift: not on the PATH"))
    }
  }

  @Test("takes a libcurl of 7.87 or later, and any libcrypto")
  func libraries() {
    let curl = { (run: ProgramRun?) in MachineCheck.library("libcurl", atLeast: [7, 87], run).description }
    #expect(curl(run("7.88.1\n")) == "ok    libcurl 7.88.1")
    #expect(curl(run("8.5.0\n")) == "ok    libcurl 8.5.0")
    #expect(curl(run("7.87.0\n")) == "ok    libcurl 7.87.0")
    #expect(
      curl(run("7.81.0\n")) == "fail  libcurl 7.81.0 is too old, 7.87 or later is needed; type: make libraries")
    #expect(curl(run("", status: 1)) == "fail  libcurl: its development files are missing; type: make libraries")
    #expect(curl(nil) == "fail  libcurl: there is no pkg-config to find it; type: make libraries")
    #expect(MachineCheck.library("libcrypto", run("1.1.1w")).description == "ok    libcrypto 1.1.1")
  }

  @Test("orders versions by their numbers")
  func versions() throws {
    #expect(try #require(Version(in: "aws-cli/2.9.19 Python/3.11.2")) == [2, 9, 19])
    #expect(Version(in: "SAM CLI, version 1") == nil)
    #expect(([6, 10] as Version) > [6, 9])
    #expect(([6, 2] as Version) <= [6, 2, 0])
  }
}
