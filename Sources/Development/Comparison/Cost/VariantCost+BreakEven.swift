internal import Foundation
internal import Platform

extension VariantCost {
  /// Where this variant and a direct one cost the same; empty unless this one has a function and the other has none.
  package func breakEven(with direct: VariantCost) -> [ComparisonReport.BreakEven] {
    guard let function, direct.function == nil else { return [] }
    return [durationBreakEven(function, direct)] + volumeBreakEven(direct)
  }

  /// The billed duration from which the function costs as much.
  private func durationBreakEven(_ function: FunctionUse, _ direct: VariantCost) -> ComparisonReport.BreakEven {
    let room = direct.perMillion - tiers.cost(of: Self.million) - lambdaRequestsPerMillion
    let price = Self.million * gigabyteSecond
    var result = ComparisonReport.BreakEven(
      variants: [variant, direct.variant], quantity: .billedMilliseconds, value: nil, cheaperBelow: direct.variant,
      cheaperAbove: direct.variant, sentence: "")
    guard room > 0, price > 0 else {
      if room > 0 { (result.cheaperBelow, result.cheaperAbove) = (variant, variant) }
      if room == 0, price == 0 { (result.cheaperBelow, result.cheaperAbove) = (nil, nil) }
      result.sentence =
        "Whatever the billed duration, \(result.cheaperBelow.map { "\($0) is cheaper" } ?? "neither is cheaper"): "
        + "a million requests cost \(direct.perMillion.dollars) with \(direct.variant), and "
        + "\((direct.perMillion - room).dollars) with \(variant) before any GB-second."
      return result
    }
    let gigabyteSeconds = room / price
    let milliseconds = gigabyteSeconds * 1000 / function.gigabytes
    (result.value, result.cheaperBelow) = (milliseconds.double, variant)
    let measured = function.billedMilliseconds
    result.sentence =
      "\(variant) costs as much as \(direct.variant), \(direct.perMillion.dollars) for a million requests, when an "
      + "invocation is billed \(gigabyteSeconds.rounded(to: 4).grouped) GB-seconds, which is "
      + "\(milliseconds.rounded(to: 0).grouped) ms at \(Decimal(function.memorySize).grouped) MB "
      + "(\(function.architecture.rawValue)); the \(function.isMeasured ? "average here was" : "given duration is") "
      + "\(measured.rounded(to: 1).grouped) ms."
    return result
  }

  /// The numbers of requests a month at which the cheaper variant changes, because the tiers of their APIs differ.
  private func volumeBreakEven(_ direct: VariantCost) -> [ComparisonReport.BreakEven] {
    // The difference in cost is a line that bends where a tier of either API ends.
    let bends = Set((tiers.tiers + direct.tiers.tiers).compactMap(\.limit)).sorted()
    var (start, difference) = (Decimal(), Decimal())
    // Whether the function is the cheaper one; nil while they cost the same.
    var isCheaper: Bool?
    var crossings: [(requests: Decimal, isCheaperBelow: Bool)] = []
    for end in bends.map(Optional.some) + [nil] {
      let slope = slope(against: direct, after: start)
      if difference == 0, slope != 0 {
        if let isCheaper, isCheaper != (slope < 0) { crossings.append((start, isCheaper)) }
        isCheaper = slope < 0
      } else if let before = isCheaper, slope != 0, before == (slope > 0) {
        let crossing = start - difference * Self.million / slope
        if end.map({ crossing < $0 }) ?? true {
          crossings.append((crossing, before))
          isCheaper = !before
        }
      }
      if let end {
        difference += (end - start) * slope / Self.million
        start = end
      }
    }
    let cheaper = isCheaper.map { $0 ? variant : direct.variant }
    let durations = function?.isMeasured == false ? "With the given duration" : "With the durations of this run"
    let uncrossed = ComparisonReport.BreakEven(
      variants: [variant, direct.variant], quantity: .requestsPerMonth, value: nil, cheaperBelow: cheaper,
      cheaperAbove: cheaper, sentence: "")
    if crossings.isEmpty {
      var result = uncrossed
      result.sentence =
        "\(durations), \(cheaper.map { "\($0) is cheaper" } ?? "neither is cheaper") "
        + "at any number of requests a month: \(perMillion.dollars) for the first million with \(variant), "
        + "\(direct.perMillion.dollars) with \(direct.variant)."
      return [result]
    }
    return crossings.map { crossing in
      let ids = [variant, direct.variant]
      let (below, above) = crossing.isCheaperBelow ? (ids[0], ids[1]) : (ids[1], ids[0])
      var result = uncrossed
      (result.value, result.cheaperBelow, result.cheaperAbove) = (crossing.requests.double, below, above)
      result.sentence =
        "\(durations), \(below) is cheaper up to "
        + "\((crossing.requests / Self.million).rounded(to: 0).grouped) million requests a month, and \(above) above "
        + "that."
      return result
    }
  }

  /// How much more than another variant this one costs for another million requests.
  private func slope(against other: VariantCost, after requests: Decimal) -> Decimal {
    tiers.perMillion(after: requests) + lambdaPerMillion
      - other.tiers.perMillion(after: requests) - other.lambdaPerMillion
  }
}
