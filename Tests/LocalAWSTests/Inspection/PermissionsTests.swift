import Testing

@testable import LocalAWS

@Suite("The permissions of a template")
struct PermissionsTests {
  private static let arn = "arn:aws:batch:eu-west-1:111122223333:job-queue/reports"
  private static let submit = "batch:SubmitJob"

  /// The permissions of the role or function `X` of a template of these resources.
  private func permissions(_ resources: String) throws -> Permissions {
    let stack = try Stack(
      source: "Resources:\n" + resources.indented(by: 2), file: "t.yaml", parameters: [:], region: "eu-west-1",
      accountID: "111122223333")
    let resource = try #require(stack.resource("X"))
    return try resource.isFunction ? stack.permissions(ofFunction: resource) : stack.permissions(ofRole: resource)
  }

  /// A role with an inline policy of these statements.
  private func role(_ statements: String...) -> String {
    """
    X:
      Type: AWS::IAM::Role
      Properties:
        Policies:
          - PolicyName: P
            PolicyDocument:
              Statement:
    """ + statements.map { "\n            - \($0)" }.joined()
  }

  @Test(
    "allow what a statement allows, its action in any case",
    arguments: [
      "{Effect: Allow, Action: batch:SubmitJob, Resource: '*'}",
      "{Effect: Allow, Action: 'BATCH:submit*', Resource: [x, !Sub 'arn:aws:batch:*:${AWS::AccountId}:job-queue/*']}",
      "{Effect: Allow, Action: [s3:GetObject, 'batch:*'], Resource: '*:job-queue/re?orts'}",
      "{Effect: Allow, NotAction: 'iam:*', Resource: '*'}",
      "{Effect: Allow, Action: '*', NotResource: '*:job-queue/other'}",
    ])
  func allowed(statement: String) throws {
    #expect(try permissions(role(statement)).decision(on: Self.submit, Self.arn) == .allowed)
  }

  @Test(
    "allow nothing else",
    arguments: [
      "{Effect: Allow, Action: batch:DescribeJobs, Resource: '*'}",
      "{Effect: Allow, Action: batch:SubmitJob, Resource: 'arn:aws:batch:eu-west-1:111122223333:job-queue/report'}",
      "{Effect: Allow, Action: batch:SubmitJob, Resource: 'arn:aws:batch:eu-west-1:123456789012:job-queue/reports'}",
      "{Effect: Allow, NotAction: 'batch:*', Resource: '*'}",
      "{Effect: Allow, Action: batch:SubmitJob, NotResource: '*:job-queue/reports'}",
    ])
  func notAllowed(statement: String) throws {
    #expect(try permissions(role(statement)).decision(on: Self.submit, Self.arn) == .notAllowed)
  }

  @Test("deny what a statement denies, whatever another allows")
  func denied() throws {
    let permissions = try permissions(
      role(
        "{Effect: Allow, Action: '*', Resource: '*'}",
        "{Effect: Deny, Action: batch:SubmitJob, Resource: '*:job-queue/*'}"))
    #expect(permissions.decision(on: Self.submit, Self.arn) == .denied)
    #expect(permissions.decision(on: Self.submit, "arn:aws:batch:eu-west-1:1:job-definition/d") == .allowed)
  }

  @Test("are not known where a condition decides, or a policy that isn't in the template")
  func unknown() throws {
    let condition = "Condition: {StringEquals: {aws:RequestedRegion: eu-west-1}}"
    let conditional = try permissions(role("{Effect: Allow, Action: '*', Resource: '*', \(condition)}"))
    #expect(conditional.decision(on: Self.submit, Self.arn) == .unknown("a Condition decides"))
    let perhapsDenied = try permissions(
      role(
        "{Effect: Allow, Action: '*', Resource: '*'}", "{Effect: Deny, Action: '*', Resource: '*', \(condition)}"))
    #expect(perhapsDenied.decision(on: Self.submit, Self.arn) == .unknown("a Condition decides"))
    let attached = try permissions(
      """
      X:
        Type: AWS::IAM::Role
        Properties:
          ManagedPolicyArns: [arn:aws:iam::aws:policy/AWSBatchFullAccess]
      """)
    let policy = "arn:aws:iam::aws:policy/AWSBatchFullAccess decides, which is not in the template"
    #expect(attached.decision(on: Self.submit, Self.arn) == .unknown(policy))
  }

  private static let attached = """

    P:
      Type: AWS::IAM::ManagedPolicy
      Properties:
        PolicyDocument: {Statement: {Effect: Allow, Action: batch:SubmitJob, Resource: '*'}}
    R:
      Type: AWS::IAM::Role
      Properties:
        ManagedPolicyArns: [!Ref P]
    """

  @Test(
    "are a function's by its policies or by its role, and a role's by the policies that name it",
    arguments: [
      "X: {Type: AWS::Serverless::Function, Properties: {Policies: [AWSLambdaBasicExecutionRole, !Ref P]}}",
      "X: {Type: AWS::Serverless::Function, Properties: {Policies: !Ref P}}",
      "X: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn}}",
      """
      X:
        Type: AWS::Serverless::Function
        Properties:
          Policies: {Statement: [{Effect: Allow, Action: batch:SubmitJob, Resource: '*'}]}
      """,
      """
      X: {Type: AWS::IAM::Role}
      Q:
        Type: AWS::IAM::Policy
        Properties:
          Roles: [!Ref X]
          PolicyDocument: {Statement: [{Effect: Allow, Action: batch:SubmitJob, Resource: '*'}]}
      """,
    ])
  func attachments(resources: String) throws {
    #expect(try permissions(resources + Self.attached).decision(on: Self.submit, Self.arn) == .allowed)
  }

  @Test("are none for a function without policies, and unread for SAM's policy templates and other accounts' roles")
  func others() throws {
    let none = try permissions("X: {Type: AWS::Serverless::Function}")
    #expect(none == Permissions())
    let template = try permissions(
      "X: {Type: AWS::Serverless::Function, Properties: {Policies: [SQSPollerPolicy: {QueueName: q}]}}")
    #expect(template.unread == ["SQSPollerPolicy"])
    let role = "arn:aws:iam::111122223333:role/made-elsewhere"
    let elsewhere = try permissions("X: {Type: AWS::Lambda::Function, Properties: {Role: '\(role)'}}")
    #expect(elsewhere.unread == [role])
  }
}
