internal import SAMTemplate

extension RunningVariant {
  /// Why a stage that created no job is excluded, and what to do about it, judging by its first response; nil if it was
  /// interrupted before the first response.
  func exclusionReason(_ result: LoadResult, _ first: Caller.Response?) -> String? {
    // The result itself says how the requests failed.
    if result.isDead { return "check the URL of \(description.id): curl -i \(submitURL)" }
    guard let first else { return nil }
    let samples = result.warmUp + result.samples
    let (id, count) = (description.id, Figure.number(samples.count, "request"))
    // API Gateway's own rejections have a message. A detail comes from behind it, past the check of the signature.
    if first.detail == nil, samples.allSatisfy({ $0.status == 403 }) {
      return "\(id) responded to each of \(count) with \(first.words): "
        + (signing == nil
          ? "the route doesn't exist or requires signed requests; run the command again with --sign"
          : "the route doesn't exist or your keys may not invoke it; check the path and who has execute-api:Invoke")
    }
    let option = description.integration == .lambdaProxy ? "--lambda-url" : "--direct-url"
    return "\(id) created no job from \(count), and its first response was \(first.words); check the URL, the queue "
      + "and the definition, then run the command again with \(option) "
      + url.url(jobQueue: "my-queue", jobDefinition: "my-job")
  }

  /// Warns that a local variant had no success, and says how to find out why; nil if it had one.
  func warning(of result: LoadResult, _ first: Caller.Response?) -> String? {
    guard !result.hasSuccess, let first else { return nil }
    let failures = result.allReports.map(\.failure)
    let what =
      if description.integration == .lambdaProxy, !failures.contains(nil) {
        "the function of \(description.id) never responded: \((failures.first ?? nil) ?? first.words)"
      } else {
        "no request to \(description.id) succeeded, and its first response was \(first.words)"
      }
    let template = description.template.map { " --template \($0)" } ?? ""
    return "\(what); run: swift run apigw-batch serve\(template), then send it a request and read its log"
  }
}
