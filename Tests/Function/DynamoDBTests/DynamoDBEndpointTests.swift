import AWSService
import Platform
import Testing

@testable import DynamoDB

@Suite("DynamoDB's endpoint")
struct DynamoDBEndpointTests {
  /// The results of botocore's endpoint rules for a region: alone, with dual-stack, with FIPS, with both.
  static let rows: [[String]] = [
    [
      "us-east-1", "dynamodb.us-east-1.amazonaws.com", "dynamodb.us-east-1.api.aws",
      "dynamodb-fips.us-east-1.amazonaws.com", "dynamodb-fips.us-east-1.api.aws",
    ],
    [
      "xx-newland-1", "dynamodb.xx-newland-1.amazonaws.com", "dynamodb.xx-newland-1.api.aws",
      "dynamodb-fips.xx-newland-1.amazonaws.com", "dynamodb-fips.xx-newland-1.api.aws",
    ],
    [
      "us-gov-west-1", "dynamodb.us-gov-west-1.amazonaws.com", "dynamodb.us-gov-west-1.api.aws",
      "dynamodb.us-gov-west-1.amazonaws.com", "dynamodb-fips.us-gov-west-1.api.aws",
    ],
    [
      "cn-north-1", "dynamodb.cn-north-1.amazonaws.com.cn", "dynamodb.cn-north-1.api.amazonwebservices.com.cn",
      "dynamodb-fips.cn-north-1.amazonaws.com.cn", "dynamodb-fips.cn-north-1.api.amazonwebservices.com.cn",
    ],
    [
      "us-iso-east-1", "dynamodb.us-iso-east-1.c2s.ic.gov", "dynamodb.us-iso-east-1.api.aws.ic.gov",
      "dynamodb-fips.us-iso-east-1.c2s.ic.gov", "dynamodb-fips.us-iso-east-1.api.aws.ic.gov",
    ],
    [
      "us-isob-east-1", "dynamodb.us-isob-east-1.sc2s.sgov.gov", "dynamodb.us-isob-east-1.api.aws.scloud",
      "dynamodb-fips.us-isob-east-1.sc2s.sgov.gov", "dynamodb-fips.us-isob-east-1.api.aws.scloud",
    ],
    [
      "eu-isoe-west-1", "dynamodb.eu-isoe-west-1.cloud.adc-e.uk", "dynamodb.eu-isoe-west-1.api.cloud-aws.adc-e.uk",
      "dynamodb-fips.eu-isoe-west-1.cloud.adc-e.uk", "dynamodb-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk",
    ],
    [
      "us-isof-south-1", "dynamodb.us-isof-south-1.csp.hci.ic.gov", "dynamodb.us-isof-south-1.api.aws.hci.ic.gov",
      "dynamodb-fips.us-isof-south-1.csp.hci.ic.gov", "dynamodb-fips.us-isof-south-1.api.aws.hci.ic.gov",
    ],
    [
      "eusc-de-east-1", "dynamodb.eusc-de-east-1.amazonaws.eu",
      "dynamodb.eusc-de-east-1.api.amazonwebservices.eu", "dynamodb-fips.eusc-de-east-1.amazonaws.eu",
      "dynamodb-fips.eusc-de-east-1.api.amazonwebservices.eu",
    ],
  ]

  @Test("follows botocore's rules for partition, FIPS and dual-stack", arguments: rows)
  func partitions(row: [String]) throws {
    for (fips, dualStack, host) in [
      ("false", "false", row[1]), ("false", "true", row[2]), ("true", "", row[3]), ("true", "true", row[4]),
    ] {
      let endpoint = try endpoint([
        "AWS_REGION": row[0], "AWS_USE_FIPS_ENDPOINT": fips, "AWS_USE_DUALSTACK_ENDPOINT": dualStack,
      ])
      #expect(endpoint.service.url == "https://\(host)")
      #expect(endpoint.service.service == "dynamodb")
      #expect(endpoint.service.region == row[0])
      #expect(endpoint.variable == nil)
    }
  }

  @Test("is in AWS_ENDPOINT_URL_DYNAMODB, or else in AWS_ENDPOINT_URL, and never in Batch's variable")
  func configured() throws {
    let region = ["AWS_REGION": "us-east-1"]
    let all = region.merging(["AWS_ENDPOINT_URL": "http://b:2", "AWS_ENDPOINT_URL_BATCH": "http://c:3"]) { $1 }
    #expect(try endpoint(all).service.url == "http://b:2")
    let own = all.merging(["AWS_ENDPOINT_URL_DYNAMODB": "http://a:1/x"]) { $1 }
    #expect(try endpoint(own).service.url == "http://a:1/x")
    #expect(try endpoint(own).warning?.contains("AWS_ENDPOINT_URL_DYNAMODB") == true)
    #expect(
      try endpoint(region.merging(["AWS_ENDPOINT_URL_BATCH": "http://c:3"]) { $1 }).service.url
        == "https://dynamodb.us-east-1.amazonaws.com")
  }

  private func endpoint(_ variables: [String: String]) throws(EnvironmentError) -> ConfiguredEndpoint {
    try DynamoDBEndpoint.endpoint(Environment(variables))
  }
}
