package import AWSService
package import Platform

/// The endpoint of DynamoDB, as the environment describes it.
package enum DynamoDBEndpoint {
  /// The endpoint in `AWS_ENDPOINT_URL_DYNAMODB`, or else as `ConfiguredEndpoint` determines it.
  package static func endpoint(_ environment: Environment) throws(EnvironmentError) -> ConfiguredEndpoint {
    try ConfiguredEndpoint(
      environment: environment, service: "dynamodb", variable: "AWS_ENDPOINT_URL_DYNAMODB", host: host)
  }

  /// By botocore's endpoint rules, without the hosts that contain an account's id, which no caller has to use.
  private static func host(_ partition: Partition, region: String, fips: Bool, dualStack: Bool) -> String {
    let domain = dualStack ? partition.dualStackDomain : partition.domain
    // Irregular: all of GovCloud is FIPS, except in name on its dual-stack hosts.
    let isMarked = fips && (dualStack || !region.hasPrefix("us-gov-"))
    return "\(isMarked ? "dynamodb-fips" : "dynamodb").\(region).\(domain)"
  }
}
