extension FunctionUse {
  /// What a reader has to know of the durations that costs were computed with, a sentence each.
  ///
  /// - Parameter uses: by the variants' ids.
  static func notes(_ uses: [String: FunctionUse]) -> [String] {
    var notes: [String] = []
    if let memory = uses.values.filter(\.isMeasured).map(\.memorySize).max() {
      notes.append(
        "Billed durations are those of this machine's processor: a function of \(memory) MB gets a fraction of one in "
          + "Lambda, and takes longer.")
    }
    for (id, use) in uses.sorted(by: { $0.key < $1.key }) where !use.isMeasured {
      notes.append("The billed duration, the memory and the architecture of \(id) were given, not measured.")
    }
    return notes
  }
}

extension VariantCost {
  /// Why variants have no cost, a sentence each.
  static func notes(unpriced variants: [ComparisonReport.Variant]) -> [String] {
    let (deployed, local) = (variants.filter { $0.url != nil }.map(\.id), variants.filter { $0.url == nil }.map(\.id))
    var notes: [String] = []
    if !deployed.isEmpty {
      notes.append(
        "Without cost, for what is billed of a deployed function can't be seen from outside: "
          + "\(deployed.joined(separator: ", ")). Its REPORT lines in CloudWatch Logs have it; type the command again with "
          + "--billed-duration, --memory and --architecture.")
    }
    if !local.isEmpty {
      notes.append("Without cost, for no invocation was reported: \(local.joined(separator: ", ")).")
    }
    return notes
  }
}
