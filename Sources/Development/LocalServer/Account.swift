internal import Platform

/// The AWS account of all emulated resources: the one in AWS's own examples.
package enum Account {
  /// The account's id.
  package static let id = "123456789012"

  /// The ARN of a resource in the account, such as `arn:aws:batch:us-east-1:123456789012:job-queue/reports`.
  ///
  /// - Parameter isGlobal: whether the service is global within its partition, so that the ARN names no region.
  package static func arn(_ service: String, _ resource: String, in region: String, isGlobal: Bool = false) -> String {
    Partition(region: region).arn(service, region: isGlobal ? "" : region, account: id, resource)
  }
}
