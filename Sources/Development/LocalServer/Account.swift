internal import Batch

/// The AWS account that everything is in here: the one of AWS's examples.
package enum Account {
  /// The account's id.
  package static let id = "123456789012"

  /// The ARN of something in the account, such as `arn:aws:batch:us-east-1:123456789012:job-queue/reports`.
  ///
  /// - Parameter isGlobal: whether its service is the same in all of the partition's regions, so that no region is
  ///   named.
  package static func arn(_ service: String, _ resource: String, in region: String, isGlobal: Bool = false) -> String {
    "arn:\(Partition(region: region).name):\(service):\(isGlobal ? "" : region):\(id):\(resource)"
  }
}
