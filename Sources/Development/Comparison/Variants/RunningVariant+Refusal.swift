internal import SAMTemplate

extension RunningVariant {
  /// Why a stage made no job, and what to type, by its first answer; nil when it had no time for one.
  func refusal(of result: LoadResult, _ first: Caller.Answer?) -> String? {
    // The result says how it failed.
    if result.isDead { return "is the URL of \(description.id) right? Type: curl -i \(submitURL)" }
    guard let first else { return nil }
    let samples = result.warmUp + result.samples
    let (id, count) = (description.id, Figure.number(samples.count, "request"))
    // API Gateway's own refusals have a message; a detail is of what stands behind it, which signatures don't concern.
    if first.detail == nil, samples.allSatisfy({ $0.status == 403 }) {
      return "\(id) answered each of \(count) with \(first.words): "
        + (signing == nil
          ? "it has no such route, or it takes signed requests alone: type the command again with --sign"
          : "it has no such route, or your keys may not invoke it: look at its path, and at who has execute-api:Invoke")
    }
    let option = description.integration == .lambdaProxy ? "--lambda-url" : "--direct-url"
    return "\(id) made no job of \(count), and its first answer was \(first.words): is the URL, the queue or the "
      + "definition wrong? Type the command again with \(option) "
      + url.url(jobQueue: "my-queue", jobDefinition: "my-job")
  }

  /// What a variant that is run here got no success of, in a sentence that ends with what to type; nil when it had one.
  func warning(of result: LoadResult, _ first: Caller.Answer?) -> String? {
    guard !result.hasSuccess, let first else { return nil }
    let failures = result.allReports.map(\.failure)
    let what =
      if description.integration == .lambdaProxy, !failures.contains(nil) {
        "the function of \(description.id) never answered: \((failures.first ?? nil) ?? first.words)"
      } else {
        "\(description.id) has no success, and its first answer was \(first.words)"
      }
    let template = description.template.map { " --template \($0)" } ?? ""
    return "\(what); type: swift run apigw-batch serve\(template), send it a request, and see what it logs"
  }
}
