internal import HTTPTransport
internal import Platform
internal import SAMTemplate

extension RunningVariant {
  /// Asks a deployed stage which kind of API it is, by a GET of what stands before the queue and the definition: no route
  /// for jobs, so that none is submitted, and answered by API Gateway all the same.
  ///
  /// A REST API answers with `x-amz-apigw-id`, the extended request id of
  /// [access logging](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html); an HTTP API with
  /// `apigw-requestid`, whose prefix is
  /// [reserved](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html) there.
  ///
  /// - Returns: what is only guessed, in a sentence; nil when the answer tells.
  package mutating func askForAPI() -> String? {
    let segments = url.template.split(separator: "/", omittingEmptySubsequences: false)
    let parent = segments.dropLast(2).joined(separator: "/")
    switch caller.get(parent) {
    case .some(let answer) where answer[header: "x-amz-apigw-id"] != nil: description.api = .rest
    case .some(let answer) where answer[header: "apigw-requestid"] != nil: description.api = .http
    default:
      return "Whether \(description.id) is a REST or an HTTP API can't be told from its answers: by its path, it's "
        + "taken for \(description.api.rawValue)."
    }
    return nil
  }

  /// The kind of API that a URL looks like: a REST API always has its stage in the path, and an HTTP API no direct
  /// integration with Batch.
  static func likelyAPI(of path: String, integration: IntegrationKind) -> APIKind {
    integration == .lambdaProxy && path.split(separator: "/").count == 3 ? .http : .rest
  }
}

extension Caller {
  /// The answer to a GET; nil when there is none. It blocks.
  fileprivate func get(_ url: String) -> HTTPResponse? {
    try? client(for: url)?.send(
      HTTPRequest(.get, url, isIdempotent: true), deadline: clock.now + .seconds(10))
  }
}
