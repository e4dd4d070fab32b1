internal import Batch

/// The AWS account that everything here belongs to: the one of AWS's own examples.
package enum Account {
  /// The account's id.
  package static let id = "123456789012"

  /// The ARN of a resource in the account, such as `arn:aws:batch:us-east-1:123456789012:job-queue/reports`.
  ///
  /// - Parameter isGlobal: whether the service is global within its partition, so that the ARN names no region.
  package static func arn(_ service: String, _ resource: String, in region: String, isGlobal: Bool = false) -> String {
    "arn:\(Partition(region: region).name):\(service):\(isGlobal ? "" : region):\(id):\(resource)"
  }
}
