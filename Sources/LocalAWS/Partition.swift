/// A group of AWS regions: what ARNs call it, and the domain of its endpoints.
struct Partition: Hashable, Sendable {
  /// As in `arn:aws-cn:…`.
  let name: String
  /// What CloudFormation calls `AWS::URLSuffix`.
  let urlSuffix: String

  /// The partitions beside `aws`, by how their regions begin.
  private static let byPrefix: [(prefix: String, partition: Partition)] = [
    ("cn-", Partition(name: "aws-cn", urlSuffix: "amazonaws.com.cn")),
    ("eu-isoe-", Partition(name: "aws-iso-e", urlSuffix: "cloud.adc-e.uk")),
    ("eusc-", Partition(name: "aws-eusc", urlSuffix: "amazonaws.eu")),
    ("us-gov-", Partition(name: "aws-us-gov", urlSuffix: "amazonaws.com")),
    ("us-iso-", Partition(name: "aws-iso", urlSuffix: "c2s.ic.gov")),
    ("us-isob-", Partition(name: "aws-iso-b", urlSuffix: "sc2s.sgov.gov")),
    ("us-isof-", Partition(name: "aws-iso-f", urlSuffix: "csp.hci.ic.gov")),
  ]

  /// The partition of a region; a region that no other one claims is of `aws`.
  static func of(region: String) -> Partition {
    byPrefix.first { region.hasPrefix($0.prefix) }?.partition ?? Partition(name: "aws", urlSuffix: "amazonaws.com")
  }
}
