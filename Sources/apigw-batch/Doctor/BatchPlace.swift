internal import Batch
internal import Platform

/// Where Batch is, for messages and for commands that ask it the same.
struct BatchPlace {
  /// The base URL.
  let url: String
  /// The region.
  let region: String
  /// Whether it's a Batch of `--batch-endpoint`, which is asked with the demo keys.
  let isDemo: Bool
  /// The variable of the environment that names it; nil for AWS's own, and for that of `--batch-endpoint`.
  let variable: String?

  /// The Batch that an environment describes, in a region.
  init(_ environment: Platform.Environment, region: String, isDemo: Bool) throws(EnvironmentError) {
    url = try BatchEndpoint(environment: environment.setting("AWS_REGION", to: region)).url
    self.region = region
    self.isDemo = isDemo
    let isConfigured = !isDemo && environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() != "true"
    variable =
      isConfigured ? ["AWS_ENDPOINT_URL_BATCH", "AWS_ENDPOINT_URL"].first { environment[$0] != nil } : nil
  }

  /// A command of the AWS CLI that reaches this Batch.
  func aws(_ command: String) -> String {
    "aws \(command) --region \(region)" + (isDemo ? " --endpoint-url \(url)" : "")
  }

  /// What to type when it can't be reached, or when what answers isn't Batch.
  var remedy: String {
    if isDemo {
      let port = HTTPURL(url)?.authority.split(separator: ":").last.flatMap { Int($0) }
      return "swift run apigw-batch batch" + (port.map { " --port \($0)" } ?? "")
    }
    return variable.map { "unset \($0)" } ?? "curl -I \(url)"
  }
}
