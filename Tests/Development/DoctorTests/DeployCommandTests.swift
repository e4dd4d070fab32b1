import DevelopmentTestSupport
import Foundation
import SAMTemplate
import Testing
import Workstation

@testable import Doctor

@Suite("The deployment command that the doctor suggests")
struct DeployCommandTests {
  /// The architecture other than this machine's.
  private static let other = DeployCommand.machine == "arm64" ? "x86_64" : "arm64"

  @Test("keeps the existing names and adds to them")
  func names() {
    let deploy = DeployCommand(parameters: ["JobQueues": "a,team-*", "JobDefinitions": "resize:6,scan:1"])
    #expect(deploy.line == "make deploy JOB_QUEUES='a,team-*' JOB_DEFINITIONS=resize:6,scan:1")
    #expect(
      deploy.allowing(queues: ["b", "a"]).line
        == "make deploy JOB_QUEUES='a,team-*,b' JOB_DEFINITIONS=resize:6,scan:1")
    #expect(
      deploy.allowing(definitions: ["resize:7"]).line
        == "make deploy JOB_QUEUES='a,team-*' JOB_DEFINITIONS=resize:6,scan:1,resize:7")
  }

  @Test("replaces revisions by their definition, and a wildcard for everything by names")
  func places() {
    let deploy = DeployCommand(
      stack: "prod",
      parameters: ["JobQueues": "*", "JobDefinitions": "resize:6,resize-all", "Architecture": Self.other])
    #expect(
      deploy.allowing(queues: ["reports"], definitions: ["resize"]).line
        == "make deploy STACK=prod JOB_QUEUES=reports JOB_DEFINITIONS=resize-all,resize ARCH=\(Self.other)")
    #expect(deploy.allowing(definitions: ["x"]).line.contains("JOB_QUEUES='*' "))
  }

  @Test("sets other parameters")
  func settings() {
    let deploy = DeployCommand(parameters: ["JobQueues": "a", "JobDefinitions": "b"])
    #expect(
      deploy.setting("IdempotencyTable=").setting("LogLevel=DEBUG").line
        == "make deploy JOB_QUEUES=a JOB_DEFINITIONS=b PARAMETERS='IdempotencyTable= LogLevel=DEBUG'")
  }

  @Test("has at most as many names as the template accepts, and says so if more are needed")
  func limit() throws {
    let deploy = DeployCommand(parameters: ["JobQueues": "a,b,c,d", "JobDefinitions": "x"])
    let five = deploy.allowing(queues: ["e"])
    #expect(five.finding(.fail, "no e").description == "fail  no e; run: \(five.line)")
    let six = five.allowing(queues: ["f"])
    #expect(
      six.finding(.fail, "no f").description == "fail  no f; at most 5 names are allowed: leave some out, or use * "
        + "to cover several; run: make deploy JOB_QUEUES=... JOB_DEFINITIONS=x")

    let root = try PackageRoot.containing(URL(filePath: #filePath).deletingLastPathComponent().path)
    func inspect(_ queues: String?) throws {
      let parameters = ["JobQueues": queues].compactMapValues(\.self)
      _ = try TemplateInspection(templateAt: root.template, .example(parameters))
    }
    try inspect(five.parameters["JobQueues"])
    #expect(throws: TemplateFileError.self) { try inspect(six.parameters["JobQueues"]) }
    #expect(throws: TemplateFileError.self) { try inspect("...") }
  }
}
