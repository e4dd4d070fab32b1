import DevelopmentTestSupport
import Testing

@testable import SAMTemplate

@Suite("A submitter of jobs in a template")
struct SubmitterTests {
  /// The role `X` of a template, with a managed policy of these statements.
  private func role(_ statements: String..., more: String = "") throws -> TemplateInspection.Submitter {
    try submitter(
      """
      X: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref P\(more)]}}
      P:
        Type: AWS::IAM::ManagedPolicy
        Properties: {PolicyDocument: {Statement: [\(statements.joined(separator: ", "))]}}
      """)
  }

  private func submitter(_ resources: String) throws -> TemplateInspection.Submitter {
    let source = "Resources:\n" + resources.indented(by: 2)
    let stack = try Stack(source: source, file: "t.yaml", .example(region: "eu-west-1"))
    return try stack.submitter(try #require(stack.resource("X")))
  }

  @Test(
    "may do what a statement allows; actions are case-insensitive",
    arguments: [
      "{Sid: a, Effect: Allow, Action: batch:SubmitJob, Resource: '*'}",
      "{Effect: Allow, Action: 'BATCH:submit*', Resource: [x, !Sub 'arn:aws:batch:*:${AWS::AccountId}:job-queue/*']}",
      "{Effect: Allow, Action: [s3:GetObject, 'batch:*'], Resource: '*:job-queue/re?orts'}",
    ])
  func allowed(statement: String) throws {
    let role = try role(statement)
    #expect(role.maySubmit("job-queue/reports"))
    #expect(role.unread.isEmpty)
  }

  @Test(
    "may do nothing else",
    arguments: [
      "{Effect: Allow, Action: batch:DescribeJobs, Resource: '*'}",
      "{Effect: Deny, Action: s3:*, Resource: '*', Condition: {Bool: {aws:SecureTransport: false}}}",
      "{Effect: Allow, Action: batch:SubmitJob, Resource: '*:job-queue/report'}",
      "{Effect: Allow, Action: batch:SubmitJob, Resource: 'arn:aws:batch:eu-west-1:1:job-queue/reports'}",
    ])
  func notAllowed(statement: String) throws {
    let role = try role(statement)
    #expect(!role.maySubmit("job-queue/reports"))
    #expect(role.unread.isEmpty)
  }

  @Test(
    "is not fully understood if a statement about jobs has other elements",
    arguments: [
      ("{Effect: Allow, Action: '*', Resource: '*', Condition: {Bool: {aws:SecureTransport: true}}}", "Condition"),
      ("{Effect: Allow, NotAction: 'iam:*', Resource: '*'}", "NotAction"),
      ("{Effect: Allow, Action: batch:*, NotResource: '*:job-queue/a'}", "NotResource"),
      ("{Effect: Deny, Action: batch:SubmitJob, Resource: '*:job-queue/a'}", "Deny"),
    ])
  func unread(statement: String, word: String) throws {
    #expect(try role("{Effect: Allow, Action: '*', Resource: '*'}", statement).unread == [word])
  }

  @Test("may do with a table of keys what a statement allows, given its name or ARN")
  func table() throws {
    let role = try role(
      "{Effect: Allow, Action: [dynamodb:PutItem, 'dynamodb:Update*'], Resource: '*:table/keys'}",
      "{Effect: Allow, Action: batch:ListJobs, Resource: '*'}")
    let arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/"
    for table in ["keys", "\(arn)keys"] {
      #expect(role.may("dynamodb:PutItem", onTable: table))
      #expect(role.may("dynamodb:UpdateItem", onTable: table))
      #expect(!role.may("dynamodb:DeleteItem", onTable: table))
    }
    #expect(!role.may("dynamodb:PutItem", onTable: "keys2") && !role.may("dynamodb:PutItem", onTable: "\(arn)other"))
    #expect(role.may("batch:ListJobs", on: "*") && !role.may("batch:DescribeJobs", on: "*"))
    #expect(!role.maySubmit)
  }

  @Test("is not fully understood only for the actions that a statement is about")
  func unreadByAction() throws {
    let condition = "Condition: {Bool: {aws:SecureTransport: true}}"
    let role = try role(
      "{Effect: Allow, Action: batch:SubmitJob, Resource: '*'}",
      "{Effect: Allow, Action: dynamodb:*, Resource: '*', \(condition)}",
      "{Effect: Allow, Action: batch:DescribeJobs, Resource: !GetAtt X.Unknown}",
      "{Effect: Allow, Action: s3:GetObject, Resource: !GetAtt X.Unknown}")
    #expect(role.unread.isEmpty && role.maySubmit("job-queue/reports"))
    #expect(role.unread(about: "dynamodb:PutItem") == ["Condition"])
    #expect(role.unread(about: "batch:DescribeJobs") == ["Resource"])
    #expect(!role.may("dynamodb:PutItem", onTable: "keys"))
  }

  @Test("is not fully understood if policies or the role are defined elsewhere")
  func elsewhere() throws {
    let policy = "arn:aws:iam::aws:policy/AWSBatchFullAccess"
    #expect(try role("{Effect: Allow, Action: '*', Resource: '*'}", more: ", '\(policy)'").unread == [policy])
    let function = "X: {Type: AWS::Serverless::Function, Properties:"
    #expect(try submitter("\(function) {Policies: [SQSPollerPolicy: {QueueName: q}]}}").unread == ["Policies"])
    #expect(try submitter("\(function) {Role: 'arn:aws:iam::111122223333:role/r'}}").unread == ["Role"])
    #expect(try submitter("X: {Type: AWS::Serverless::Function}").unread.isEmpty)
  }
}
