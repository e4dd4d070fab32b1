import Batch
import DevelopmentTestSupport
import Foundation
import SAMTemplate
import Testing
import Workstation

@testable import Doctor

@Suite("The doctor's findings about the policies")
struct PolicyCheckTests {
  /// The checks of the deployed template with these parameters.
  private func checks(
    _ parameters: [String: String]
  ) throws -> (policy: PolicyCheck, function: FunctionPolicyCheck) {
    let root = try PackageRoot.containing(URL(filePath: #filePath).deletingLastPathComponent().path)
    return try checks(
      TemplateInspection(templateAt: root.template, .example(parameters, region: "eu-west-1")))
  }

  private func checks(
    _ template: TemplateInspection
  ) throws -> (policy: PolicyCheck, function: FunctionPolicyCheck) {
    let deploy = DeployCommand(parameters: template.parameters)
    return (
      PolicyCheck(template: template, deploy: deploy),
      FunctionPolicyCheck(function: try #require(template.functions.first), deploy: deploy)
    )
  }

  /// A template with a function that has these variables, and a managed policy with this statement, if any.
  private func template(statement: String? = nil, variables: String = "{}") throws -> TemplateInspection {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try """
    Resources:
      P:
        Type: AWS::IAM::ManagedPolicy
        Properties: {PolicyDocument: {Statement: \(statement ?? "[]")}}
      F:
        Type: AWS::Serverless::Function
        Properties:
          Policies: [!Ref P]
          Environment: {Variables: \(variables)}
    """.write(to: file, atomically: true, encoding: .utf8)
    return try TemplateInspection(templateAt: file.path, .example(region: "eu-west-1"))
  }

  private func queue(_ name: String) throws -> JobQueueName { try #require(JobQueueName(name)) }

  private func definition(_ name: String) throws -> JobDefinitionName { try #require(JobDefinitionName(name)) }

  private static let both = "policy: DirectRole and SubmitJobFunction"

  @Test("accept the names in the parameters, with and without a revision")
  func allowed() throws {
    let (policy, function) = try checks(["JobQueues": "reports,team-*", "JobDefinitions": "resize,scan:3"])
    for name in ["reports", "team-b"] {
      #expect(
        policy.findings(queue: try queue(name)) == [.ok("\(Self.both) may submit to job queue \(name)")])
    }
    #expect(
      policy.findings(definition: try definition("resize"), revision: 7) == [
        .ok("\(Self.both) may submit job definition resize without a revision and with revision 7")
      ])
    #expect(
      policy.findings(definition: try definition("scan:3"), revision: 3) == [
        .ok("\(Self.both) may submit job definition scan:3")
      ])
    #expect(
      function.findings(Names([try queue("reports")], [try definition("scan:3")])) == [
        .ok("ALLOWED_JOB_QUEUES of SubmitJobFunction allows reports"),
        .ok("ALLOWED_JOB_DEFINITIONS of SubmitJobFunction allows scan:3"),
      ])
  }

  @Test("report other queues, with the command that allows them")
  func queues() throws {
    let (policy, function) = try checks(["JobQueues": "reports", "JobDefinitions": "resize"])
    let command = "make deploy JOB_QUEUES=reports,scans JOB_DEFINITIONS=resize"
    #expect(
      policy.findings(queue: try queue("scans")) == [
        .fail("\(Self.both) may not submit to job queue scans: no statement allows it", run: command)
      ])
    #expect(
      function.findings(Names([try queue("scans")], [])) == [
        .fail(#"ALLOWED_JOB_QUEUES of SubmitJobFunction is "reports", which does not allow scans"#, run: command)
      ])
  }

  @Test("say which form of a definition is not allowed: without a revision, or with one")
  func forms() throws {
    let (policy, function) = try checks(["JobQueues": "reports", "JobDefinitions": "resize:7"])
    let command = "make deploy JOB_QUEUES=reports JOB_DEFINITIONS=resize"
    let start = "\(Self.both) may not submit job definition resize"
    #expect(
      policy.findings(definition: try definition("resize"), revision: 7) == [
        .fail("\(start) without a revision, only with revision 7: no statement allows it", run: command)
      ])
    #expect(
      policy.findings(definition: try definition("resize"), revision: 8) == [
        .fail("\(start) without a revision and with revision 8: no statement allows it", run: command)
      ])
    #expect(
      policy.findings(definition: try definition("resize:8"), revision: 8) == [
        .fail(
          "\(start):8: no statement allows it",
          run: "make deploy JOB_QUEUES=reports JOB_DEFINITIONS=resize:7,resize:8")
      ])
    #expect(
      function.findings(Names([], [try definition("resize")])) == [
        .fail(#"ALLOWED_JOB_DEFINITIONS of SubmitJobFunction is "resize:7", which does not allow resize"#, run: command)
      ])

    // The form used in tutorials: the definition's ARN alone.
    let statement = "{Effect: Allow, Action: batch:SubmitJob, Resource: '*:job-definition/resize'}"
    let bare = try checks(try template(statement: statement)).policy
    #expect(
      bare.findings(definition: try definition("resize"), revision: nil).first?.text
        == "policy: F may not submit job definition resize with a revision, only without a revision: "
        + "no statement allows it")
  }

  @Test("report an unsupported statement once, and nothing that depends on it")
  func unread() throws {
    let statement = "{Effect: Allow, Action: '*', Resource: '*', Condition: {Bool: {aws:SecureTransport: true}}}"
    let policy = try checks(try template(statement: statement)).policy
    #expect(
      policy.findings(Names([try queue("q")], [])).map(\.description) == [
        "warn  policy: Condition of F is not supported here; run: less template.yaml"
      ])
  }

  @Test("report a missing policy, and an invalid variable")
  func noSubmitter() throws {
    let (policy, function) = try checks(try template(variables: "{ALLOWED_JOB_QUEUES: 'a,,b'}"))
    #expect(
      policy.findings(queue: try queue("q")).first?.text
        == "policy: no function or role in the template may submit to job queue q")
    let findings = function.findings(Names([try queue("a")], [try definition("d")]))
    #expect(findings.count == 1)
    #expect(findings.first?.text.hasPrefix("ALLOWED_JOB_QUEUES of F: ") == true)
    #expect(findings.first?.command == "make deploy JOB_QUEUES=NAME JOB_DEFINITIONS=NAME")
  }

  @Test("accept that nothing may submit, if that is what the operations say")
  func readOnly() throws {
    let (policy, function) = try checks(["JobQueues": "a", "AllowedOperations": "read,list"])
    let names = Names([try queue("a")], [])
    #expect(
      policy.findings(names).map(\.text) == [
        "policy: JobDefinitions of the template: * allows everything in the account",
        "policy: nothing may submit jobs, as ALLOWED_OPERATIONS of SubmitJobFunction says",
      ])
    #expect(function.findings(names) == [.ok("ALLOWED_JOB_QUEUES of SubmitJobFunction allows a")])
  }

  @Test(
    "end an invalid list with a command that sets it",
    arguments: [
      ("ALLOWED_MEMBERS", "jobName,+jobQueue", "AllowedMembers"),
      ("ALLOWED_OPERATIONS", "submit,delete", "AllowedOperations"),
    ])
  func lists(variable: String, value: String, parameter: String) throws {
    let (_, function) = try checks(try template(variables: "{\(variable): '\(value)'}"))
    let findings = function.findings(Names([], []))
    #expect(findings.count == 1)
    #expect(findings.first?.text.hasPrefix("\(variable) of F: ") == true)
    #expect(
      findings.first?.command
        == "make deploy JOB_QUEUES=NAME JOB_DEFINITIONS=NAME PARAMETERS='\(parameter)=...'")
  }

  @Test("warn of parameters that allow everything, with the names to use instead")
  func openness() throws {
    let both = try checks([:]).policy.findings(Names([try queue("reports")], []))
    #expect(both.first?.command == "make deploy JOB_QUEUES=reports JOB_DEFINITIONS=NAME")
    let one = try checks(["JobDefinitions": "resize"]).policy
      .findings(Names([try queue("a")], [try definition("scan")]))
    #expect(one.first?.text.hasPrefix("policy: JobQueues of the template:") == true)
    #expect(one.first?.command == "make deploy JOB_QUEUES=a JOB_DEFINITIONS=resize")
    #expect(try checks(["JobQueues": "a", "JobDefinitions": "b"]).policy.findings(Names([], [])).isEmpty)
  }
}
