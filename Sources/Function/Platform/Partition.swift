/// A group of AWS regions that has its own name in ARNs and its own domains.
///
/// Names and domains come from the endpoint rules of the AWS SDKs (botocore's `endpoint-rule-set-1.json` for Batch,
/// with `partitions.json`).
package struct Partition: Sendable {
  /// Its name in ARNs, as in `arn:aws-cn:…`.
  package let name: String
  /// The domain of its endpoints, which CloudFormation calls `AWS::URLSuffix`.
  package let domain: String
  /// The domain of its dual-stack endpoints.
  package let dualStackDomain: String
  /// Whether the certificates of its endpoints are known to chain to the roots of Amazon Trust Services.
  ///
  /// AWS [says so](https://aws.amazon.com/blogs/security/how-to-prepare-for-aws-move-to-its-own-certificate-authority/)
  /// of the endpoints of `aws`; no such general statement exists for the other partitions, and the European one is to
  /// have [its own roots](https://www.amazontrust.com/repository/).
  package let chainsToAmazonRoots: Bool

  /// The partitions other than `aws`, by the prefix of their regions' names.
  private static let byPrefix: [(prefix: String, name: String, domain: String, dualStackDomain: String)] = [
    ("cn-", "aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
    ("eu-isoe-", "aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
    ("eusc-", "aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu"),
    ("us-gov-", "aws-us-gov", "amazonaws.com", "api.aws"),
    ("us-iso-", "aws-iso", "c2s.ic.gov", "api.aws.ic.gov"),
    ("us-isob-", "aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud"),
    ("us-isof-", "aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
  ]

  /// The partition of a region; `aws` unless another one's prefix matches.
  package init(region: String) {
    let row = Self.byPrefix.first { region.hasPrefix($0.prefix) }
    name = row?.name ?? "aws"
    domain = row?.domain ?? "amazonaws.com"
    dualStackDomain = row?.dualStackDomain ?? "api.aws"
    chainsToAmazonRoots = row == nil
  }

  /// The ARN of a resource, such as `arn:aws:batch:us-east-1:123456789012:job-queue/reports`; the region is empty for a
  /// service that is global within the partition.
  package func arn(_ service: String, region: String, account: String, _ resource: String) -> String {
    "arn:\(name):\(service):\(region):\(account):\(resource)"
  }
}
