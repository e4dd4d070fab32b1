extension FunctionUse {
  /// The [memory](https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html) from which a function has a
  /// whole processor, in MB.
  private static let oneProcessor = 1769

  /// Notes for the reader on the durations that costs were computed with, one sentence each.
  ///
  /// - Parameter uses: by the variants' ids.
  static func notes(_ uses: [String: FunctionUse]) -> [String] {
    var notes: [String] = []
    let small = Set(uses.values.filter { $0.isMeasured && $0.memorySize < oneProcessor }.map(\.memorySize)).sorted()
    if !small.isEmpty {
      let (noun, get, take) = small.count == 1 ? ("a function", "gets", "takes") : ("functions", "get", "take")
      notes.append(
        "Billed durations were measured on this machine's processor. In Lambda, \(noun) with "
          + "\(Figure.list(small.map { "\($0)" })) MB \(get) a fraction of a processor and \(take) longer.")
    }
    for (id, use) in uses.sorted(by: { $0.key < $1.key }) where !use.isMeasured {
      notes.append("The billed duration, memory and architecture of \(id) were given, not measured.")
    }
    return notes
  }
}

extension VariantCost {
  /// Why variants have no cost, one sentence each.
  ///
  /// - Parameter successful: the ids of the variants that had at least one success.
  static func notes(unpriced: [ComparisonReport.Variant], successful: Set<String>) -> [String] {
    let variants = unpriced.filter { successful.contains($0.id) }
    let failed = unpriced.filter { !successful.contains($0.id) }.map(\.id)
    let (deployed, local) = (variants.filter { $0.url != nil }.map(\.id), variants.filter { $0.url == nil }.map(\.id))
    var notes: [String] = []
    if !deployed.isEmpty {
      notes.append(
        "No cost for \(Figure.list(deployed)): what a deployed function is billed can't be seen from outside. Look it up "
          + "in the function's REPORT lines in CloudWatch Logs, then run the command again with --billed-duration, "
          + "--memory and --architecture.")
    }
    if !local.isEmpty { notes.append("No cost for \(Figure.list(local)): no invocation was reported.") }
    if !failed.isEmpty { notes.append("No cost for \(Figure.list(failed)): no request succeeded.") }
    return notes
  }
}
