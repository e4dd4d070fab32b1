internal import SAMTemplate

extension ComparisonReport {
  /// The questions that a run can't answer, each with the variant to use if the answer isn't the usual one. Without a
  /// recommendation, they decide between the variants without a mark; empty unless there are several.
  var questions: [String] {
    if let recommended { return [apiQuestion(recommended), functionQuestion(recommended), costQuestion(recommended)] }
    return unmarked.count < 2 ? [] : decidingQuestions
  }

  /// The name of `questions`.
  var questionsName: String {
    recommended == nil ? "Three questions that decide" : "Three questions that would change it"
  }

  private var decidingQuestions: [String] {
    [
      "Do you need \(Self.restFeatures)? Then \(instead("a REST API") { $0.api == .rest }); otherwise "
        + "\(instead("an HTTP API") { $0.api == .http }), if that costs less.",
      "Must there be no function: \(Self.functionCare)? Then \(instead("a direct integration") { $0.isDirect }).",
      "What does each cost? With the cost of each, the cheapest is recommended; a deployed function's needs "
        + "--billed-duration, --memory and --architecture.",
    ]
  }

  private static let restFeatures =
    "what only a REST API has: API keys, usage plans, AWS WAF, request validation or a private API"
  private static let functionCare = "no runtime to patch, and no cold start to wait for"

  private func apiQuestion(_ variant: Variant) -> String {
    variant.api == .http
      ? "Do you need \(Self.restFeatures)? Then \(instead("a REST API") { $0.api == .rest })."
      : "Can you do without \(Self.restFeatures)? Then \(instead("an HTTP API") { $0.api == .http }), if that costs less."
  }

  private func functionQuestion(_ variant: Variant) -> String {
    variant.isDirect
      ? "Must callers learn what was wrong and whether Batch may have the job, or be spared a retry when Batch "
        + "throttles? Then \(instead("a function") { !$0.isDirect })."
      : "Must there be no function: \(Self.functionCare)? Then "
        + "\(instead("a direct integration") { $0.isDirect })."
  }

  private func costQuestion(_ variant: Variant) -> String {
    let points = breakEven.filter { $0.variants.contains(variant.id) && $0.value != nil }
    if let point = points.first(where: { $0.quantity == .billedMilliseconds }), let value = point.value,
      let above = point.cheaperAbove
    {
      let here = cost.first { $0.variant == point.variants.first }?.billedMilliseconds
      let measured = here.map { " (here \(Figure.time($0)))" } ?? ""
      return "Will an invocation be billed \(Figure.time(value)) or more\(measured), because Batch responds more "
        + "slowly or the function has less memory? Then \(above) costs less."
    }
    if let point = points.first(where: { $0.quantity == .requestsPerMonth }), let value = point.value,
      let above = point.cheaperAbove
    {
      return "Will there be more than \(Figure.decimal(value, places: 0)) requests a month? Then \(above) costs less."
    }
    return "Do your region's prices differ from those of this report? Then compare the costs again, with --prices."
  }

  /// The variant to use instead: the cheapest unmarked one of a kind, or else the cheapest whose plain submits have no
  /// marks, with what callers then do without. Both may be missing from the run.
  private func instead(_ kind: String, where isOfKind: (Variant) -> Bool) -> String {
    if let variant = preferred(unmarked.filter(isOfKind)) { return use(variant) }
    let matrix = self.matrix
    if let variant = preferred(variants.filter { isOfKind($0) && matrix.markedPlainCases($0.id) == 0 }) {
      let limits = limits(of: variant)
      return use(variant) + (limits.isEmpty ? "" : ", if callers \(limits.joined(separator: " and "))")
    }
    return "use \(kind), of which this run has none without a mark"
  }

  /// What callers of a variant have to accept, judging by the marks of its cases with a key or about jobs.
  private func limits(of variant: Variant) -> [String] {
    let matrix = self.matrix
    let keyed = matrix.marks(of: variant.id, in: SubmitCase.all.filter(\.hasKey).map(\.name))
    let jobs = matrix.marks(of: variant.id, in: JobCase.all.map(\.name))
    var limits = keyed.isEmpty ? [] : ["can do without an Idempotency-Key"]
    if jobs.contains(.leaked) {
      limits.append("may see and end jobs that aren't theirs")
    } else if !jobs.isEmpty {
      limits.append("can do without seeing and ending jobs")
    }
    return limits
  }

  private func preferred(_ variants: [Variant]) -> Variant? { cheapest(of: variants) ?? variants.first }

  private func use(_ variant: Variant) -> String {
    "use \(variant.id)" + (price(of: variant).map { " (\($0))" } ?? "")
  }
}
