import DevelopmentTestSupport
import Foundation
import SAMTemplate
import Testing
import Workstation

@testable import Doctor

@Suite("The doctor's findings about keys and the policy for them")
struct KeyPolicyCheckTests {
  private func findings(deployedWith parameters: [String: String]) throws -> [Finding] {
    let root = try PackageRoot.containing(URL(filePath: #filePath).deletingLastPathComponent().path)
    return try findings(TemplateInspection(templateAt: root.template, .example(parameters, region: "eu-west-1")))
  }

  private func findings(_ template: TemplateInspection) throws -> [Finding] {
    KeyPolicyCheck(function: try #require(template.functions.first), template: template).findings()
  }

  /// The findings about a function with these variables and a policy of these statements.
  private func findings(variables: String, statements: String...) throws -> [Finding] {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    let jobs = "{Effect: Allow, Action: 'batch:SubmitJob', Resource: '*'}"
    try """
    Resources:
      P:
        Type: AWS::IAM::ManagedPolicy
        Properties: {PolicyDocument: {Statement: [\(([jobs] + statements).joined(separator: ", "))]}}
      F:
        Type: AWS::Serverless::Function
        Properties:
          Policies: [!Ref P]
          Environment: {Variables: {\(variables)}}
    """.write(to: file, atomically: true, encoding: .utf8)
    return try findings(TemplateInspection(templateAt: file.path, .example(region: "eu-west-1")))
  }

  @Test(
    "accept the template with each kind of table",
    arguments: [
      ["Idempotency": "Optional"], ["Idempotency": "Optional", "IdempotencyTableOnDelete": "Delete"],
      ["Idempotency": "Optional", "IdempotencyTable": "mine"],
    ])
  func enabled(parameters: [String: String]) throws {
    #expect(
      try findings(deployedWith: parameters) == [
        .ok("Idempotency-Key: SubmitJobFunction accepts it"),
        .ok("policy: SubmitJobFunction may use its table of keys, and look for jobs"),
      ])
  }

  @Test("say whether a key is required or refused")
  func keys() throws {
    #expect(
      try findings(deployedWith: ["Idempotency": "Required"]).first
        == .ok("Idempotency-Key: SubmitJobFunction requires it"))
    #expect(
      try findings(deployedWith: [:]) == [
        .ok("Idempotency-Key: SubmitJobFunction refuses it, because it has no table for keys")
      ])
  }

  @Test("list the permissions that are missing")
  func missing() throws {
    let table = "{Effect: Allow, Action: 'dynamodb:*Item', Resource: '*:table/other'}"
    let lists = "{Effect: Allow, Action: [batch:ListJobs, 'dynamodb:PutItem'], Resource: '*'}"
    #expect(
      try findings(variables: "IDEMPOTENCY_TABLE: keys", statements: table, lists).last
        == .fail(
          "policy: F may not dynamodb:UpdateItem on its table, dynamodb:DeleteItem on its table, batch:DescribeJobs on *: "
            + "no statement allows it", run: "less template.yaml"))
  }

  @Test("leave open what depends on a statement that isn't supported")
  func unread() throws {
    let all = "{Effect: Allow, Action: '*', Resource: '*'}"
    #expect(
      try findings(
        variables: "IDEMPOTENCY_TABLE: keys", statements: all,
        "{Effect: Deny, Action: 'dynamodb:DeleteItem', Resource: '*:table/keys'}"
      ).last
        == .warn(
          "policy: whether F may use its table of keys depends on Deny, which is not supported here",
          run: "less template.yaml"))
  }

  @Test("report an invalid variable, and a settle time that is for tests only")
  func variables() throws {
    let all = "{Effect: Allow, Action: '*', Resource: '*'}"
    let invalid = try findings(variables: "IDEMPOTENCY_TABLE: keys, IDEMPOTENCY_KEY: 'Required'", statements: all)
    #expect(invalid.map(\.verdict) == [.fail])
    #expect(invalid.first?.text.hasPrefix("IDEMPOTENCY_KEY of F: must be optional or required") == true)
    let early = try findings(variables: "IDEMPOTENCY_TABLE: keys, IDEMPOTENCY_SETTLES_AFTER: '5'", statements: all)
    #expect(early.map(\.verdict) == [.ok, .warn, .ok])
    #expect(early.dropFirst().first?.text.hasPrefix("F: IDEMPOTENCY_SETTLES_AFTER: ") == true)
  }
}
