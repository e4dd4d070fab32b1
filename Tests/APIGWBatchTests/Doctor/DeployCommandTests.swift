import Testing

@testable import apigw_batch

@Suite("The deployment that the doctor has one type")
struct DeployCommandTests {
  /// The architecture that isn't this machine's.
  private static let other = DeployCommand.machine == "arm64" ? "x86_64" : "arm64"

  @Test("keeps the names that there are, and adds to them")
  func names() {
    let deploy = DeployCommand(parameters: ["JobQueues": "a,team-*", "JobDefinitions": "resize:6,scan:1"])
    #expect(deploy.line == "make deploy JOB_QUEUES='a,team-*' JOB_DEFINITIONS=resize:6,scan:1")
    #expect(deploy.line(allowing: ["b", "a"]) == "make deploy JOB_QUEUES='a,team-*,b' JOB_DEFINITIONS=resize:6,scan:1")
    #expect(
      deploy.line(definitions: ["resize:7"])
        == "make deploy JOB_QUEUES='a,team-*' JOB_DEFINITIONS=resize:6,scan:1,resize:7")
  }

  @Test("puts a definition in the place of its revisions, and names in that of all")
  func places() {
    let deploy = DeployCommand(
      stack: "prod",
      parameters: ["JobQueues": "*", "JobDefinitions": "resize:6,resize-all", "Architecture": Self.other])
    #expect(
      deploy.line(allowing: ["reports"], definitions: ["resize"])
        == "make deploy STACK=prod JOB_QUEUES=reports JOB_DEFINITIONS=resize-all,resize ARCH=\(Self.other)")
    #expect(deploy.line(definitions: ["x"]).contains("JOB_QUEUES='*' "))
  }

  @Test("is SAM's own for another template")
  func others() {
    #expect(DeployCommand(template: "t.yaml").line == "sam deploy --guided --template-file t.yaml")
  }
}
