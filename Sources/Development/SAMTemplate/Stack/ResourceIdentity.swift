internal import Platform

/// How CloudFormation names the resources of a type: where their physical name is written, and what their ARN looks like.
///
/// See the return values in the [resource type
/// reference](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html).
struct ResourceIdentity {
  /// The parts of an ARN that a resource of the type has.
  enum Scope {
    /// Region and account, as in `arn:aws:batch:us-east-1:123456789012:job-queue/NAME`.
    case region
    /// The account alone, as in `arn:aws:iam::123456789012:role/NAME`.
    case account
    /// Neither, as in `arn:aws:s3:::NAME`.
    case partition
  }

  /// The property with the physical name; nil if the name can't be chosen.
  let nameKey: String?
  /// The service in the ARN.
  let service: String
  /// What the ARN has before the name, such as `job-queue/`.
  let prefix: String
  /// What the ARN has after the name.
  var suffix = ""
  /// The parts of the ARN.
  var scope = Scope.region
  /// Whether `Ref` yields the ARN instead of the name.
  var refIsARN = false
  /// The attribute whose value is the ARN.
  var arnAttribute = "Arn"

  /// The types whose names and ARNs are known.
  static let all: [String: ResourceIdentity] = [
    "AWS::Batch::ComputeEnvironment": ResourceIdentity(
      nameKey: "ComputeEnvironmentName", service: "batch", prefix: "compute-environment/", refIsARN: true,
      arnAttribute: "ComputeEnvironmentArn"),
    "AWS::Batch::JobDefinition": ResourceIdentity(
      nameKey: "JobDefinitionName", service: "batch", prefix: "job-definition/", suffix: ":1", refIsARN: true,
      arnAttribute: "JobDefinitionArn"),
    "AWS::Batch::JobQueue": ResourceIdentity(
      nameKey: "JobQueueName", service: "batch", prefix: "job-queue/", refIsARN: true, arnAttribute: "JobQueueArn"),
    "AWS::Batch::SchedulingPolicy": ResourceIdentity(
      nameKey: "Name", service: "batch", prefix: "scheduling-policy/", refIsARN: true),
    "AWS::Cognito::UserPool": ResourceIdentity(nameKey: nil, service: "cognito-idp", prefix: "userpool/"),
    "AWS::DynamoDB::GlobalTable": table,
    "AWS::DynamoDB::Table": table,
    "AWS::ECS::Cluster": ResourceIdentity(nameKey: "ClusterName", service: "ecs", prefix: "cluster/"),
    "AWS::Events::EventBus": ResourceIdentity(nameKey: "Name", service: "events", prefix: "event-bus/"),
    "AWS::IAM::Role": ResourceIdentity(nameKey: "RoleName", service: "iam", prefix: "role/", scope: .account),
    "AWS::Kinesis::Stream": ResourceIdentity(nameKey: "Name", service: "kinesis", prefix: "stream/"),
    "AWS::KMS::Key": ResourceIdentity(nameKey: nil, service: "kms", prefix: "key/"),
    "AWS::Lambda::Function": function,
    "AWS::Logs::LogGroup": ResourceIdentity(
      nameKey: "LogGroupName", service: "logs", prefix: "log-group:", suffix: ":*"),
    "AWS::S3::Bucket": ResourceIdentity(nameKey: "BucketName", service: "s3", prefix: "", scope: .partition),
    "AWS::SNS::Topic": ResourceIdentity(
      nameKey: "TopicName", service: "sns", prefix: "", refIsARN: true, arnAttribute: "TopicArn"),
    "AWS::SQS::Queue": ResourceIdentity(nameKey: "QueueName", service: "sqs", prefix: ""),
    "AWS::SecretsManager::Secret": ResourceIdentity(
      nameKey: "Name", service: "secretsmanager", prefix: "secret:", refIsARN: true, arnAttribute: "Id"),
    "AWS::Serverless::Function": function,
    "AWS::Serverless::SimpleTable": table,
    "AWS::Serverless::StateMachine": stateMachine("Name"),
    "AWS::StepFunctions::StateMachine": stateMachine("StateMachineName"),
  ]

  private static let function = ResourceIdentity(nameKey: "FunctionName", service: "lambda", prefix: "function:")
  private static let table = ResourceIdentity(nameKey: "TableName", service: "dynamodb", prefix: "table/")

  private static func stateMachine(_ nameKey: String) -> ResourceIdentity {
    ResourceIdentity(nameKey: nameKey, service: "states", prefix: "stateMachine:", refIsARN: true)
  }
}

extension Stack {
  /// The physical name of a resource: the one that the template gives it, or else its logical id.
  func name(of resource: Resource) throws -> String {
    guard let key = ResourceIdentity.all[resource.type]?.nameKey, let name = resource.node["Properties"]?[key],
      let value = try evaluate(name)
    else { return resource.logicalID }
    return try text(value)
  }

  /// The ARN of a resource; nil if its type's isn't known.
  func arn(of resource: Resource) throws -> String? {
    guard let identity = ResourceIdentity.all[resource.type] else { return nil }
    let name = identity.prefix + (try name(of: resource)) + identity.suffix
    let partition = Partition(region: region)
    return switch identity.scope {
    case .region: partition.arn(identity.service, region: region, account: settings.accountID, name)
    case .account: partition.arn(identity.service, region: "", account: settings.accountID, name)
    case .partition: partition.arn(identity.service, region: "", account: "", name)
    }
  }
}
