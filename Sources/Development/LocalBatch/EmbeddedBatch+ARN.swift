internal import LocalServer

extension EmbeddedBatch {
  /// The ARN of a resource such as `job-queue/sample-queue`, in the account that every embedded Batch belongs to.
  package static func arn(of resource: String, in region: String) -> String {
    Account.arn("batch", resource, in: region)
  }
}
