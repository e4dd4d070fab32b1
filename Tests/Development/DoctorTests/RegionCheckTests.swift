import Testing

@testable import Doctor

@Suite("The doctor's findings about a region")
struct RegionCheckTests {
  @Test(
    "name the partition of a well-formed region",
    arguments: [
      ("us-east-1", "aws"), ("ap-southeast-4", "aws"), ("us-gov-west-1", "aws-us-gov"), ("cn-north-1", "aws-cn"),
      ("eusc-de-east-1", "aws-eusc"),
    ])
  func regions(region: String, partition: String) {
    #expect(RegionCheck.finding(region) == .ok("region \(region), partition \(partition)"))
  }

  @Test("warn of a region in an unusual form", arguments: ["us-east", "useast1", "localhost", "us-east-1a"])
  func doubts(region: String) {
    #expect(RegionCheck.finding(region).verdict == .warn)
  }

  @Test(
    "reject a region that can't be part of a host name", arguments: ["US East", "us_east_1", "us-east-1.evil.example"])
  func refusals(region: String) {
    #expect(
      RegionCheck.finding(region).description
        == "fail  region: \"\(region)\" is not a valid region: set one such as us-east-1; "
        + "run: export AWS_REGION=us-east-1")
  }
}
