import Batch
import Foundation
import LocalAWS
import Testing

@testable import apigw_batch

@Suite("What the doctor says of the policies")
struct PolicyCheckTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The checks of the template that is deployed, with these parameters.
  private func checks(
    _ parameters: [String: String]
  ) throws -> (policy: PolicyCheck, function: FunctionPolicyCheck) {
    let template = try TemplateInspection(
      templateAt: Self.root.appending(path: "template.yaml").path, parameters: parameters, region: "eu-west-1",
      accountID: "111122223333")
    return checks(template)
  }

  private func checks(_ template: TemplateInspection) -> (policy: PolicyCheck, function: FunctionPolicyCheck) {
    let deploy = DeployCommand(parameters: template.parameters)
    let prefix = PolicyCheck.arnPrefix(region: "eu-west-1", accountID: "111122223333")
    return (
      PolicyCheck(template: template, deploy: deploy, arnPrefix: prefix),
      FunctionPolicyCheck(function: template.functions[0], deploy: deploy)
    )
  }

  /// A template of a function with these policies and variables.
  private func template(policies: String, variables: String = "{}") throws -> TemplateInspection {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try """
    Resources:
      F:
        Type: AWS::Serverless::Function
        Properties:
          Policies: \(policies)
          Environment: {Variables: \(variables)}
    """.write(to: file, atomically: true, encoding: .utf8)
    return try TemplateInspection(templateAt: file.path, region: "eu-west-1", accountID: "111122223333")
  }

  private func definition(_ name: String) throws -> JobDefinitionName { try #require(JobDefinitionName(name)) }

  private static let both = "policy: DirectRole and SubmitJobFunction"

  @Test("lets the names of the parameters through, with and without a revision")
  func allowed() throws {
    let (policy, function) = try checks(["JobQueues": "reports,team-*", "JobDefinitions": "resize,scan:3"])
    for queue in ["reports", "team-b"] {
      #expect(policy.findings(queue: queue) == [.ok("\(Self.both) may submit to job queue \(queue)")])
    }
    #expect(
      policy.findings(definition: try definition("resize"), revision: 7) == [
        .ok("\(Self.both) may submit job definition resize without a revision and with revision 7")
      ])
    #expect(
      policy.findings(definition: try definition("scan:3"), revision: 3) == [
        .ok("\(Self.both) may submit job definition scan with revision 3")
      ])
    #expect(
      function.findings(queues: [try #require(JobQueueName("reports"))], definitions: [try definition("scan:3")]) == [
        .ok("ALLOWED_JOB_QUEUES of SubmitJobFunction allows reports"),
        .ok("ALLOWED_JOB_DEFINITIONS of SubmitJobFunction allows scan:3"),
      ])
  }

  @Test("stops other queues, and says how to let them through")
  func queues() throws {
    let (policy, function) = try checks(["JobQueues": "reports", "JobDefinitions": "resize"])
    let command = "make deploy JOB_QUEUES=reports,scans JOB_DEFINITIONS=resize"
    #expect(
      policy.findings(queue: "scans") == [
        .fail("\(Self.both) may not submit to job queue scans: no statement allows it", type: command)
      ])
    #expect(
      function.findings(queues: [try #require(JobQueueName("scans"))], definitions: []) == [
        .fail(#"ALLOWED_JOB_QUEUES of SubmitJobFunction is "reports", without scans"#, type: command)
      ])
  }

  @Test("says which form of a definition is stopped, the one without a revision or the one with it")
  func forms() throws {
    let (policy, function) = try checks(["JobQueues": "reports", "JobDefinitions": "resize:7"])
    let command = "make deploy JOB_QUEUES=reports JOB_DEFINITIONS=resize"
    let start = "\(Self.both) may not submit job definition resize"
    #expect(
      policy.findings(definition: try definition("resize"), revision: 7) == [
        .fail("\(start) without a revision, only with revision 7: no statement allows it", type: command)
      ])
    #expect(
      policy.findings(definition: try definition("resize"), revision: 8) == [
        .fail("\(start) without a revision and with revision 8: no statement allows it", type: command)
      ])
    #expect(
      policy.findings(definition: try definition("resize:8"), revision: 8) == [
        .fail(
          "\(start) with revision 8: no statement allows it",
          type: "make deploy JOB_QUEUES=reports JOB_DEFINITIONS=resize:7,resize:8")
      ])
    #expect(
      function.findings(queues: [], definitions: [try definition("resize")]) == [
        .fail(#"ALLOWED_JOB_DEFINITIONS of SubmitJobFunction is "resize:7", without resize"#, type: command)
      ])

    // The form that tutorials have: the definition's ARN alone.
    let bare = checks(
      try template(
        policies: """
          {Statement: [{Effect: Allow, Action: batch:SubmitJob, Resource: '*:job-definition/resize'}]}
          """)
    ).policy
    #expect(
      bare.findings(definition: try definition("resize"), revision: nil).first?.text
        == "policy: F may not submit job definition resize with a revision, only without a revision: "
        + "no statement allows it")
  }

  @Test("tells a Deny and a Condition from what nobody allows")
  func reasons() throws {
    let denied = checks(
      try template(
        policies: """
          {Statement: [{Effect: Allow, Action: '*', Resource: '*'}, \
          {Effect: Deny, Action: batch:SubmitJob, Resource: '*:job-queue/closed'}]}
          """)
    ).policy
    #expect(denied.findings(queue: "closed").first?.text.hasSuffix(": a statement denies it") == true)
    let conditional = checks(
      try template(
        policies: """
          {Statement: {Effect: Allow, Action: '*', Resource: '*', Condition: {Bool: {aws:SecureTransport: true}}}}
          """)
    ).policy
    let finding = try #require(conditional.findings(queue: "q").first)
    #expect(finding.verdict == .warn)
    #expect(finding.text == "policy: F may perhaps submit to job queue q: a Condition decides")
    #expect(finding.command?.contains("arn:aws:batch:eu-west-1:111122223333:job-queue/q") == true)
  }

  @Test("misses a policy where there is none, and names a variable that can't be used")
  func nobody() throws {
    let (policy, function) = checks(try template(policies: "[]", variables: "{ALLOWED_JOB_QUEUES: 'a,,b'}"))
    #expect(
      policy.findings(queue: "q").first?.text
        == "policy: the template has none about batch:SubmitJob, which job queue q needs")
    let findings = function.findings(queues: [try #require(JobQueueName("a"))], definitions: [try definition("d")])
    #expect(findings.count == 1)
    #expect(findings.first?.text.hasPrefix("ALLOWED_JOB_QUEUES of F: ") == true)
  }

  @Test("warns of parameters that allow everything, with the names to give instead")
  func openness() throws {
    let both = try #require(try checks([:]).policy.openness(queues: ["reports"], definitions: []))
    #expect(both.command == "make deploy JOB_QUEUES=reports JOB_DEFINITIONS=NAME")
    let one = try #require(
      try checks(["JobDefinitions": "resize"]).policy.openness(queues: ["a"], definitions: ["scan"]))
    #expect(one.text.hasPrefix("policy: JobQueues of the template:"))
    #expect(one.command == "make deploy JOB_QUEUES=a JOB_DEFINITIONS=resize")
    #expect(try checks(["JobQueues": "a", "JobDefinitions": "b"]).policy.openness(queues: [], definitions: []) == nil)
  }
}
