package import Platform

/// The endpoint of an AWS service, as the environment describes it.
package struct ConfiguredEndpoint: Sendable {
  /// Where requests go, and what they are signed for.
  package let service: ServiceEndpoint
  /// The environment variable that the URL comes from; nil for AWS's own endpoint.
  package let variable: String?
  /// Whether requests, and the session token in them, leave this machine in clear text.
  package let isExposed: Bool
  /// Whether its certificate is known to chain to Amazon's own roots; always false for a configured endpoint.
  package let chainsToAmazonRoots: Bool

  /// The rule for AWS's own host of a service, by partition, region, and whether FIPS and dual-stack are asked for.
  package typealias HostRule = (_ partition: Partition, _ region: String, _ fips: Bool, _ dualStack: Bool) -> String

  /// The endpoint that the environment describes for the service with this signing name.
  ///
  /// `variable`, then `AWS_ENDPOINT_URL`, unless `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is true; otherwise the
  /// partition's endpoint, by `AWS_USE_FIPS_ENDPOINT` and `AWS_USE_DUALSTACK_ENDPOINT`. Throws if one of these has an
  /// unusable value, or if the region is missing.
  package init(
    environment: Environment, service signingName: String, variable ownVariable: String, host: HostRule
  ) throws(EnvironmentError) {
    let region = try Self.region(environment)
    let fips = try environment.flag("AWS_USE_FIPS_ENDPOINT")
    let dualStack = try environment.flag("AWS_USE_DUALSTACK_ENDPOINT")
    variable =
      try environment.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
      ? nil : [ownVariable, "AWS_ENDPOINT_URL"].first { environment[$0] != nil }
    guard let variable, let url = environment[variable] else {
      let partition = Partition(region: region)
      service = ServiceEndpoint(service: signingName, region: region, host: host(partition, region, fips, dualStack))
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
    service = ServiceEndpoint(service: signingName, region: region, at: parts, path: path)
    isExposed = !parts.isSecure && !parts.isLoopback
    chainsToAmazonRoots = false
  }

  /// A warning for the function's owner about the endpoint, for the log at startup; nil if there is nothing to say.
  package var warning: String? {
    guard isExposed, let variable else { return nil }
    return "\(variable): requests to \(service.origin) carry the session token in clear text. Use https."
  }

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
