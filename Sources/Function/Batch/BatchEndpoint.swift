package import AWSService
package import Platform

/// The endpoint of Batch, as the environment describes it.
package struct BatchEndpoint: Sendable {
  let configured: ConfiguredEndpoint

  /// Where requests go, and the region they are signed for.
  package var service: ServiceEndpoint { configured.service }
  /// The environment variable that the URL comes from; nil for AWS's own endpoint.
  package var variable: String? { configured.variable }
  /// The region, as used in the credential scope.
  package var region: String { service.region }
  /// The base URL, without a trailing slash.
  package var url: String { service.url }

  /// The endpoint in `AWS_ENDPOINT_URL_BATCH`, or else as `ConfiguredEndpoint` determines it.
  package init(environment: Environment) throws(EnvironmentError) {
    configured = try ConfiguredEndpoint(
      environment: environment, service: "batch", variable: "AWS_ENDPOINT_URL_BATCH", host: Self.host)
  }

  /// The region in `AWS_REGION`, or else in `AWS_DEFAULT_REGION`; it must be valid in a host name.
  package static func region(_ environment: Environment) throws(EnvironmentError) -> String {
    try ConfiguredEndpoint.region(environment)
  }

  private static func host(_ partition: Partition, region: String, fips: Bool, dualStack: Bool) -> String {
    if dualStack { return "\(fips ? "batch-fips" : "batch").\(region).\(partition.dualStackDomain)" }
    let domain = partition.domain
    if !fips { return "batch.\(region).\(domain)" }
    // Two irregular hosts: all of GovCloud is FIPS, and the oldest partition has its own form.
    if region.hasPrefix("us-gov-") { return "batch.\(region).\(domain)" }
    return domain == "amazonaws.com" ? "fips.batch.\(region).\(domain)" : "batch-fips.\(region).\(domain)"
  }
}
