internal import SAMTemplate

extension ComparisonReport {
  /// The variant to use, judging by this run alone: of those without a mark, the one that costs least. Nil if every
  /// variant is marked, or if the run doesn't decide.
  var recommended: Variant? {
    if variants.count == 1 { return nil }
    return unmarked.count > 1 ? cheapest(of: unmarked) : unmarked.first
  }

  /// What to use, and why.
  var recommendation: [String] {
    guard let recommended else { return [undecided] }
    let amount = price(of: recommended).map { " (\($0))" } ?? ""
    let reason =
      unmarked.count == 1
      ? "it is the only variant without a mark\(amount)"
      : "of \(Figure.list(unmarked.map(\.id))), which have no marks, it costs least\(amount)"
    return ["Use \(recommended.id): \(reason)."] + latencyRemark(on: recommended)
  }

  /// The variants without a mark in any case.
  var unmarked: [Variant] {
    let matrix = self.matrix
    return variants.filter { matrix.marked($0.id) == 0 && matrix.cells(of: $0.id).count == matrix.cases.count }
  }

  /// Why no variant is recommended.
  private var undecided: String {
    let matrix = self.matrix
    let marked = variants.compactMap { variant in matrix.marked(variant.id).map { (id: variant.id, count: $0) } }
    guard let least = marked.map(\.count).min() else { return "None: no case was run." }
    if variants.count == 1 { return "None: nothing was compared with \(Figure.list(variants.map(\.id)))." }
    guard least > 0 else {
      if unmarked.isEmpty { return "None: not every case was run." }
      return "None: \(Figure.list(unmarked.map(\.id))) have no marks, and without the cost of each this run doesn't "
        + "decide between them."
    }
    let best = marked.filter { $0.count == least }.map(\.id)
    return "None: every variant is marked. \(Figure.list(best)) \(best.count == 1 ? "has" : "have") the fewest marked "
      + "cases, \(Figure.count(least)); fix those first."
  }

  /// The variant with the lowest cost; nil unless the cost of each is known.
  func cheapest(of variants: [Variant]) -> Variant? {
    let costs = variants.compactMap { variant in
      cost.first { $0.variant == variant.id }.map { (variant: variant, cost: $0.perMillion) }
    }
    return costs.count == variants.count ? costs.min { $0.cost < $1.cost }?.variant : nil
  }

  /// What a million requests cost with a variant, in words; nil if that isn't known.
  func price(of variant: Variant) -> String? {
    cost.first { $0.variant == variant.id }.map { "\(Figure.dollars($0.perMillion)) a million requests" }
  }

  /// How its median compares with the lowest under the first conditions.
  private func latencyRemark(on variant: Variant) -> [String] {
    guard let conditions = conditions.first else { return [] }
    let ids = unmarked.map(\.id)
    let medians = latency(under: conditions).compactMap { row -> Ranking.Entry? in
      guard ids.contains(row.variant), let p50 = row.p50, let interval = row.p50Interval else { return nil }
      return Ranking.Entry(row.variant, p50, interval: interval)
    }
    guard let own = medians.first(where: { $0.name == variant.id }),
      let lowest = medians.filter({ $0.name != variant.id }).min(by: { $0.value < $1.value })
    else { return [] }
    if own.interval.overlaps(lowest.interval) { return ["Its p50 is that of \(lowest.name), within the noise."] }
    let (difference, word) = (abs(own.value - lowest.value), own.value > lowest.value ? "above" : "below")
    return ["Its p50 is \(Figure.time(difference)) \(word) that of \(lowest.name)."]
  }
}
