package import AWSService
package import Platform

/// The endpoint that SubmitJob is sent to, as the environment describes it.
package struct BatchEndpoint: Sendable {
  /// Where requests go, and the region they are signed for.
  package let service: ServiceEndpoint
  /// The environment variable that the URL comes from; nil for AWS's own endpoint.
  package let variable: String?
  /// Whether requests, and the session token in them, leave this machine in clear text.
  let isExposed: Bool
  /// Whether its certificate is known to chain to Amazon's own roots; always false for a configured endpoint.
  let chainsToAmazonRoots: Bool

  /// The endpoint that the environment describes.
  ///
  /// `AWS_ENDPOINT_URL_BATCH`, then `AWS_ENDPOINT_URL`, unless `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is true; otherwise
  /// the partition's endpoint, by `AWS_USE_FIPS_ENDPOINT` and `AWS_USE_DUALSTACK_ENDPOINT`. Throws if one of these has
  /// an unusable value, or if the region is missing.
  package init(environment: Environment) throws(EnvironmentError) {
    let region = try Self.region(environment)
    let fips = try environment.flag("AWS_USE_FIPS_ENDPOINT")
    let dualStack = try environment.flag("AWS_USE_DUALSTACK_ENDPOINT")
    variable =
      try environment.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
      ? nil : ["AWS_ENDPOINT_URL_BATCH", "AWS_ENDPOINT_URL"].first { environment[$0] != nil }
    guard let variable, let url = environment[variable] else {
      let partition = Partition(region: region)
      service = ServiceEndpoint(
        service: Self.signingName, region: region,
        host: partition.batchHost(region: region, fips: fips, dualStack: dualStack))
      isExposed = false
      chainsToAmazonRoots = partition.chainsToAmazonRoots
      return
    }
    if fips || dualStack {
      let other = fips ? "AWS_USE_FIPS_ENDPOINT" : "AWS_USE_DUALSTACK_ENDPOINT"
      throw EnvironmentError(other, "can't be true if \(variable) is set: unset one of them")
    }
    guard let parts = HTTPURL(url), let path = parts.plainPath else {
      throw EnvironmentError(variable, "is not a valid endpoint: use http(s)://host[:port][/path]")
    }
    service = ServiceEndpoint(service: Self.signingName, region: region, at: parts, path: path)
    isExposed = !parts.isSecure && !parts.isLoopback
    chainsToAmazonRoots = false
  }

  /// The region, as used in the credential scope.
  package var region: String { service.region }

  /// The base URL, without a trailing slash.
  package var url: String { service.url }

  private static let signingName = "batch"

  /// The region in `AWS_REGION`, or else in `AWS_DEFAULT_REGION`; it must be valid in a host name.
  package static func region(_ environment: Environment) throws(EnvironmentError) -> String {
    let variable = environment["AWS_REGION"] == nil ? "AWS_DEFAULT_REGION" : "AWS_REGION"
    guard let region = environment[variable] else {
      throw EnvironmentError("AWS_REGION", "is not set: set it to a region, such as us-east-1")
    }
    // The region becomes part of the host name.
    let isLabel =
      region.utf8.count <= 63
      && region.utf8.allSatisfy { byte in
        "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains(byte)
      }
    guard isLabel else {
      throw EnvironmentError(variable, "\(region.quoted) is not a valid region: set one such as us-east-1")
    }
    return region
  }
}

extension Environment {
  fileprivate func flag(_ name: String) throws(EnvironmentError) -> Bool {
    guard let value = self[name], !value.equalsIgnoringASCIICase("false") else { return false }
    guard value.equalsIgnoringASCIICase("true") else {
      throw EnvironmentError(name, "must be true or false; fix it or unset it")
    }
    return true
  }
}

extension Partition {
  /// Batch's host in a region of this partition.
  fileprivate func batchHost(region: String, fips: Bool, dualStack: Bool) -> String {
    if dualStack { return "\(fips ? "batch-fips" : "batch").\(region).\(dualStackDomain)" }
    if !fips { return "batch.\(region).\(domain)" }
    // Two irregular hosts: all of GovCloud is FIPS, and the oldest partition has its own form.
    if region.hasPrefix("us-gov-") { return "batch.\(region).\(domain)" }
    return domain == "amazonaws.com" ? "fips.batch.\(region).\(domain)" : "batch-fips.\(region).\(domain)"
  }
}
