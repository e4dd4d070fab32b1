internal import HTTPTransport
internal import Platform
internal import SAMTemplate

extension RunningVariant {
  /// Detects the kind of API of a deployed stage with a GET of the URL without its queue and definition. That isn't a
  /// route for jobs, so none is submitted, but API Gateway responds all the same.
  ///
  /// A REST API responds with `x-amz-apigw-id`, the extended request id of
  /// [access logging](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html); an HTTP API with
  /// `apigw-requestid`, whose prefix is
  /// [reserved](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html) there.
  ///
  /// - Returns: a warning that the kind is only a guess; nil when the response shows it.
  package mutating func detectAPI() -> String? {
    let segments = url.pattern.split(separator: "/", omittingEmptySubsequences: false)
    let parent = segments.dropLast(2).joined(separator: "/")
    switch caller.get(parent) {
    case .some(let response) where response[header: "x-amz-apigw-id"] != nil: description.api = .rest
    case .some(let response) where response[header: "apigw-requestid"] != nil: description.api = .http
    default:
      return "The responses of \(description.id) don't show whether it is a REST or an HTTP API; judging by its path, "
        + "\(description.api.rawValue) is assumed."
    }
    return nil
  }

  /// The likely kind of API, judging by the path and the integration: a REST API always has its stage in the path, and
  /// an HTTP API has no direct integration with Batch's SubmitJob.
  static func likelyAPI(of path: String, integration: IntegrationKind) -> APIKind {
    integration == .lambdaProxy && path.split(separator: "/").count == 3 ? .http : .rest
  }
}

extension Caller {
  /// Sends a GET and blocks until the response; nil without one.
  fileprivate func get(_ url: String) -> HTTPResponse? {
    try? client(for: url)?.send(
      HTTPRequest(.get, url, isIdempotent: true), deadline: clock.now + .seconds(10))
  }
}
