internal import RawJSON

/// An event that is not an HTTP request, recognized by a member that no proxy event has.
///
/// Its sender would treat any proxy response as success, whatever its status: a queue deletes its messages, and no
/// alarm goes off. It therefore gets a function error.
package struct ForeignEvent: Equatable, Sendable, CustomStringConvertible {
  /// The kind of event, with an article.
  package let description: String

  /// API Gateway's request to a [Lambda authorizer](https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html).
  ///
  /// It may contain the whole request to authorize, including the path and the method.
  private static let authorization = "a request to a Lambda authorizer"

  /// Members that no HTTP request's event has, each with the kind of event that has it.
  private static let members = [
    ("methodArn", authorization), ("routeArn", authorization), ("authorizationToken", authorization),
    ("Records", "a batch of records, as from SQS, SNS, S3, Kinesis or DynamoDB"),
    ("records", "a batch of records, as from Kafka or Firehose"), ("detail-type", "an EventBridge event"),
    ("eventSource", "an event source mapping's batch"), ("eventSourceArn", "an event source mapping's batch"),
    ("awslogs", "a CloudWatch Logs subscription's data"), ("triggerSource", "a Cognito trigger"),
    ("ResponseURL", "a CloudFormation custom resource's request"), ("CodePipeline.job", "a CodePipeline job"),
    ("alarmArn", "a CloudWatch alarm"), ("invokingEvent", "an AWS Config rule's event"),
    ("invocationSchemaVersion", "an S3 Batch Operations task"),
  ]

  /// Nil if the event has none of these members.
  init?(_ members: JSONObject) {
    guard let (_, description) = Self.members.first(where: { members[$0.0] != nil }) else { return nil }
    self.description = description
  }
}
