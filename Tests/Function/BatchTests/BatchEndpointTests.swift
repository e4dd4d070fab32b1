import AWSService
import Platform
import Testing

@testable import Batch

@Suite("Batch's endpoint")
struct BatchEndpointTests {
  /// The results of botocore's endpoint rules for a region: alone, with dual-stack, with FIPS, with both.
  struct Row: Sendable, CustomTestStringConvertible {
    var region: String
    var standard: String
    var dualStack: String
    var fips: String
    var both: String

    var testDescription: String { region }
  }

  static let rows: [Row] =
    // aws, which also gets every region that matches no other partition.
    [
      "us-east-1", "us-west-2", "eu-central-1", "eu-south-2", "ap-southeast-5", "sa-east-1", "ca-west-1",
      "me-central-1",
      "af-south-1", "il-central-1", "mx-central-1", "xx-newland-1",
    ].map {
      Row(
        region: $0, standard: "batch.\($0).amazonaws.com", dualStack: "batch.\($0).api.aws",
        fips: "fips.batch.\($0).amazonaws.com", both: "batch-fips.\($0).api.aws")
    } + [
      Row(
        region: "cn-north-1", standard: "batch.cn-north-1.amazonaws.com.cn",
        dualStack: "batch.cn-north-1.api.amazonwebservices.com.cn", fips: "batch-fips.cn-north-1.amazonaws.com.cn",
        both: "batch-fips.cn-north-1.api.amazonwebservices.com.cn"),
      Row(
        region: "us-gov-west-1", standard: "batch.us-gov-west-1.amazonaws.com",
        dualStack: "batch.us-gov-west-1.api.aws", fips: "batch.us-gov-west-1.amazonaws.com",
        both: "batch-fips.us-gov-west-1.api.aws"),
      Row(
        region: "us-gov-east-1", standard: "batch.us-gov-east-1.amazonaws.com",
        dualStack: "batch.us-gov-east-1.api.aws", fips: "batch.us-gov-east-1.amazonaws.com",
        both: "batch-fips.us-gov-east-1.api.aws"),
      Row(
        region: "us-iso-east-1", standard: "batch.us-iso-east-1.c2s.ic.gov",
        dualStack: "batch.us-iso-east-1.api.aws.ic.gov", fips: "batch-fips.us-iso-east-1.c2s.ic.gov",
        both: "batch-fips.us-iso-east-1.api.aws.ic.gov"),
      Row(
        region: "us-isob-east-1", standard: "batch.us-isob-east-1.sc2s.sgov.gov",
        dualStack: "batch.us-isob-east-1.api.aws.scloud", fips: "batch-fips.us-isob-east-1.sc2s.sgov.gov",
        both: "batch-fips.us-isob-east-1.api.aws.scloud"),
      Row(
        region: "eu-isoe-west-1", standard: "batch.eu-isoe-west-1.cloud.adc-e.uk",
        dualStack: "batch.eu-isoe-west-1.api.cloud-aws.adc-e.uk", fips: "batch-fips.eu-isoe-west-1.cloud.adc-e.uk",
        both: "batch-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk"),
      Row(
        region: "us-isof-south-1", standard: "batch.us-isof-south-1.csp.hci.ic.gov",
        dualStack: "batch.us-isof-south-1.api.aws.hci.ic.gov", fips: "batch-fips.us-isof-south-1.csp.hci.ic.gov",
        both: "batch-fips.us-isof-south-1.api.aws.hci.ic.gov"),
      Row(
        region: "eusc-de-east-1", standard: "batch.eusc-de-east-1.amazonaws.eu",
        dualStack: "batch.eusc-de-east-1.api.amazonwebservices.eu", fips: "batch-fips.eusc-de-east-1.amazonaws.eu",
        both: "batch-fips.eusc-de-east-1.api.amazonwebservices.eu"),
    ]

  /// The prefixes of the other partitions' regions.
  static let otherPartitions = ["cn-", "us-gov-", "us-iso", "eu-isoe-", "eusc-"]

  @Test("follows botocore's rules for partition, FIPS and dual-stack", arguments: rows)
  func partitions(row: Row) throws {
    for (fips, dualStack, host) in [
      ("false", "false", row.standard), ("false", "TRUE", row.dualStack), ("true", "", row.fips),
      ("True", "true", row.both),
    ] {
      let endpoint = try endpoint([
        "AWS_REGION": row.region, "AWS_USE_FIPS_ENDPOINT": fips, "AWS_USE_DUALSTACK_ENDPOINT": dualStack,
      ])
      #expect(endpoint.url == "https://\(host)")
      #expect(endpoint.service.authority == host)
      #expect(endpoint.service.path == "")
      #expect(endpoint.region == row.region)
    }
  }

  @Test("is known to chain to Amazon's roots only in the partition aws, and not if it is configured")
  func amazonRoots() throws {
    for row in Self.rows {
      for flags in [[:], ["AWS_USE_FIPS_ENDPOINT": "true"], ["AWS_USE_DUALSTACK_ENDPOINT": "true"]] {
        let endpoint = try endpoint(["AWS_REGION": row.region].merging(flags) { $1 })
        let isOfAWS = !Self.otherPartitions.contains { row.region.hasPrefix($0) }
        #expect(endpoint.configured.chainsToAmazonRoots == isOfAWS, "\(endpoint.service.authority)")
      }
    }
    for url in ["https://batch.us-east-1.amazonaws.com", "https://vpce-0a1b.batch.us-east-1.vpce.amazonaws.com"] {
      let endpoint = try endpoint(["AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL_BATCH": url])
      #expect(!endpoint.configured.chainsToAmazonRoots)
    }
  }

  @Test("takes its region from AWS_REGION first, then from AWS_DEFAULT_REGION")
  func region() throws {
    let both = ["AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "us-west-2"]
    #expect(try endpoint(both).region == "eu-west-1")
    #expect(try endpoint(["AWS_DEFAULT_REGION": "us-west-2"]).region == "us-west-2")
    #expect(try endpoint(["AWS_REGION": "", "AWS_DEFAULT_REGION": "us-west-2"]).region == "us-west-2")
  }

  @Test(
    "throws if the region is missing or not valid",
    arguments: [
      ([:], "AWS_REGION"), (["AWS_REGION": "US-EAST-1"], "AWS_REGION"),
      (["AWS_REGION": "us-east-1.example.com"], "AWS_REGION"),
      (["AWS_REGION": "us east 1"], "AWS_REGION"), (["AWS_REGION": "us-east-1/"], "AWS_REGION"),
      (["AWS_REGION": "us-east-1\n"], "AWS_REGION"),
      (["AWS_REGION": "é"], "AWS_REGION"), (["AWS_DEFAULT_REGION": "@"], "AWS_DEFAULT_REGION"),
      (["AWS_REGION": String(repeating: "a", count: 64)], "AWS_REGION"),
    ] as [([String: String], String)])
  func noRegion(variables: [String: String], variable: String) {
    let error = #expect(throws: EnvironmentError.self) { try endpoint(variables) }
    #expect(error?.variable == variable)
    #expect(error?.reason.contains("us-east-1") == true)
  }

  @Test(
    "can be a configured URL",
    arguments: [
      ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1:8080", ""),
      ("https://batch.example.com", "https://batch.example.com", "batch.example.com", ""),
      ("http://localhost:8080/", "http://localhost:8080", "localhost:8080", ""),
      ("http://localhost///", "http://localhost", "localhost", ""),
      ("https://example.com/aws/batch", "https://example.com/aws/batch", "example.com", "/aws/batch"),
      ("https://example.com/aws/batch/", "https://example.com/aws/batch", "example.com", "/aws/batch"),
      ("http://[::1]:9000", "http://[::1]:9000", "[::1]:9000", ""),
      ("HTTPS://Example.COM/A-b_c.d~e", "https://example.com/A-b_c.d~e", "example.com", "/A-b_c.d~e"),
      (
        "https://vpce-0a1b-2c3d.batch.us-east-1.vpce.amazonaws.com",
        "https://vpce-0a1b-2c3d.batch.us-east-1.vpce.amazonaws.com",
        "vpce-0a1b-2c3d.batch.us-east-1.vpce.amazonaws.com", ""
      ),
    ])
  func custom(variable: String, url: String, host: String, path: String) throws {
    let endpoint = try endpoint(["AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL_BATCH": variable])
    #expect(endpoint.url == url)
    #expect(endpoint.service.authority == host)
    #expect(endpoint.service.path == path)
    #expect(endpoint.region == "us-east-1")
  }

  @Test("comes from AWS_ENDPOINT_URL_BATCH first, then AWS_ENDPOINT_URL, unless both are ignored")
  func precedence() throws {
    let general = ["AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL": "http://general:1"]
    let both = general.merging(["AWS_ENDPOINT_URL_BATCH": "http://own:2"]) { $1 }
    #expect(try endpoint(general).url == "http://general:1")
    #expect(try endpoint(general).variable == "AWS_ENDPOINT_URL")
    #expect(try endpoint(both).url == "http://own:2")
    #expect(try endpoint(both).variable == "AWS_ENDPOINT_URL_BATCH")
    #expect(try endpoint(both.merging(["AWS_ENDPOINT_URL_BATCH": ""]) { $1 }).url == "http://general:1")
    #expect(try endpoint(both.merging(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false"]) { $1 }).url == "http://own:2")
    let ignoring = ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "AWS_USE_FIPS_ENDPOINT": "true"]
    let ours = try endpoint(both.merging(ignoring) { $1 })
    #expect(ours.url == "https://fips.batch.us-east-1.amazonaws.com")
    #expect(ours.variable == nil)
  }

  @Test(
    "throws an error that names the variable if its URL is not valid",
    arguments: [
      "localhost:8080", "127.0.0.1", "ftp://localhost", "http:/localhost", "http://", "https://", "http:///v1",
      "http://user@localhost",
      "http://user:secret@localhost", "http://localhost?a=b", "http://localhost/?a=b", "http://localhost/#f",
      "http://local host", "http://localhost/a b",
      "http://localhost/%41", "http://localhost/é", "http://é", "http://localhost\r\nX: y", "http://localhost/\n",
      " http://localhost",
      "http://localhost\\a", "http://local_host;", "http://localhost/a+b",
    ], ["AWS_ENDPOINT_URL_BATCH", "AWS_ENDPOINT_URL"])
  func badURL(url: String, variable: String) {
    let error = #expect(throws: EnvironmentError.self) { try endpoint(["AWS_REGION": "us-east-1", variable: url]) }
    #expect(error?.variable == variable)
    #expect(error?.reason.contains("http(s)://") == true)
  }

  @Test(
    "throws if its URL has an invalid host or port, or a path that would not be sent as written",
    arguments: [
      "http://:8080", "http://localhost:port", "http://localhost:99999", "http://localhost:80:80", "http://[::1",
      "http://::1",
      "http://localhost/../batch", "http://localhost/a/./b",
    ])
  func badAuthority(url: String) {
    #expect(throws: EnvironmentError.self) {
      try endpoint(["AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL_BATCH": url])
    }
  }

  @Test(
    "throws if FIPS or dual-stack is combined with a configured URL",
    arguments: ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"], ["AWS_ENDPOINT_URL_BATCH", "AWS_ENDPOINT_URL"])
  func conflict(flag: String, url: String) {
    let error = #expect(throws: EnvironmentError.self) {
      try endpoint(["AWS_REGION": "us-east-1", flag: "true", url: "http://localhost"])
    }
    #expect(error?.variable == flag)
    #expect(error?.reason.contains(url) == true)
  }

  @Test(
    "throws if a flag is neither true nor false",
    arguments: ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"],
    ["1", "yes", " true", "tru"])
  func badFlag(flag: String, value: String) {
    let error = #expect(throws: EnvironmentError.self) { try endpoint(["AWS_REGION": "us-east-1", flag: value]) }
    #expect(error?.variable == flag)
  }

  private func endpoint(_ variables: [String: String]) throws(EnvironmentError) -> BatchEndpoint {
    try BatchEndpoint(environment: Environment(variables))
  }

  @Test(
    "is exposed if it is http to another machine",
    arguments: [
      ("http://batch.example.com", true), ("http://10.0.0.1:8080", true), ("http://127.0.0.1.example.com", true),
      ("https://batch.example.com", false), ("http://localhost:1", false), ("http://127.0.0.2", false),
      ("http://[::1]:80", false),
    ])
  func exposed(url: String, isExposed: Bool) throws {
    let variables = ["AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL_BATCH": url]
    #expect(try BatchEndpoint(environment: Environment(variables)).configured.isExposed == isExposed)
    #expect(try !BatchEndpoint(environment: Environment(["AWS_REGION": "us-east-1"])).configured.isExposed)
  }
}
