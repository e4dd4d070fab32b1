internal import SAMTemplate

/// A report in the making: collects the results of a comparison.
struct ReportDraft {
  private var latency: [ComparisonReport.Latency] = []
  /// What each variant's function is billed for.
  private var uses: [String: FunctionUse] = [:]
  private var warnings: [String] = []
  /// The variants that had a success; the others have no cost.
  private var successful: Set<String> = []
  /// Why parts of the report are missing.
  var incomplete: [String] = []
  /// How busy the machine was; nil where that can't be observed.
  var load: ComparisonReport.MachineLoad?

  /// Adds a load's result. `use` is what the variant's function is billed for, if it was given because it can't be
  /// measured.
  mutating func add(
    _ result: LoadResult, of variant: ComparisonReport.Variant, architecture: PriceList.Architecture,
    use: FunctionUse? = nil
  ) {
    latency.append(result.latency(of: variant.id))
    result.warnings(of: variant.id).forEach { warn($0) }
    if result.hasSuccess { successful.insert(variant.id) }
    if let reason = result.incomplete { incomplete.append("\(variant.id): \(reason)") }
    // Only the first load counts: it is the closed one, which never asks for more than the variant can handle.
    if uses[variant.id] == nil, variant.integration == .lambdaProxy {
      uses[variant.id] = use ?? FunctionUse(reports: result.reports ?? [], architecture: architecture)
    }
  }

  /// Excludes a variant that can't be judged. `reason` says why, unless the results already do.
  mutating func exclude(_ variant: String, _ reason: String?) {
    successful.remove(variant)
    if let reason { incomplete.append(reason) }
  }

  /// Adds a warning unless it is there already.
  mutating func warn(_ warning: String) {
    if !warnings.contains(warning) { warnings.append(warning) }
  }

  /// Notes the variants that were not measured before an interruption, by load.
  mutating func noteUnmeasured(_ variants: [String], _ loads: [Load]) {
    for load in loads {
      let measured = latency.filter { $0.loop == load.loop }.map(\.variant)
      let missing = variants.filter { !measured.contains($0) }
      if missing.isEmpty { continue }
      incomplete.append("not measured in the \(load.loop.rawValue) loop: \(Figure.list(missing))")
    }
  }

  /// The finished report, with the variants in the given order.
  func report(
    _ variants: [ComparisonReport.Variant], _ matrix: BehaviourMatrix.Result, _ prices: PriceList,
    about run: ComparisonReport.Run
  ) -> ComparisonReport {
    let uses = uses.filter { successful.contains($0.key) }
    let costs = variants.filter { successful.contains($0.id) }.compactMap { cost(of: $0, matrix, prices) }
    let direct = variants.first { $0.integration == .service }.flatMap { variant in
      costs.first { $0.variant == variant.id }
    }
    var run = run
    run.notes += matrix.notes + PriceList.omissions
    let unpriced = variants.filter { variant in !costs.contains { $0.variant == variant.id } }
    run.notes += FunctionUse.notes(uses)
    run.notes += VariantCost.notes(unpriced: unpriced, successful: successful)
    run.load = load
    run.warnings += [load?.warning].compactMap(\.self) + warnings
    if run.incomplete == nil, !incomplete.isEmpty { run.incomplete = incomplete.joined(separator: "; ") }
    run.notes += initNotes
    return ComparisonReport(
      variants: variants.map { noted($0, matrix) }, behaviour: matrix.cells, latency: latency, cost: costs.map(\.cost),
      breakEven: direct.map { direct in
        costs.filter { uses[$0.variant] != nil }.flatMap { $0.breakEven(with: direct) }
      } ?? [],
      run: run)
  }

  /// Which init phases the costs include: a function under steady load rarely starts cold.
  private var initNotes: [String] {
    let rows = latency.filter {
      successful.contains($0.variant) && uses[$0.variant] != nil && $0.warmUpColdStarts != nil
    }
    if rows.isEmpty { return [] }
    let starts = Dictionary(grouping: rows, by: \.variant).sorted { $0.key < $1.key }.map { variant, rows in
      "\(variant) \(Figure.count(rows.compactMap(\.warmUpColdStarts).reduce(0, +)))"
    }
    return [
      "Lambda bills init phases. The cost includes those of cold starts among the measured requests, as a separate "
        + "item, but not those of the warm-up (\(Figure.list(starts)))."
    ]
  }

  /// A variant, its note extended by how many of its marks are due to what the note says.
  private func noted(
    _ variant: ComparisonReport.Variant, _ matrix: BehaviourMatrix.Result
  ) -> ComparisonReport.Variant {
    guard let note = variant.note else { return variant }
    let marked = matrix.cells.filter { $0.variant == variant.id && !$0.marks.isEmpty }.map(\.case)
    if marked.isEmpty { return variant }
    let names = Set(SubmitCase.all.filter(\.hasOtherPath).map(\.name))
    var noted = variant
    noted.note =
      "\(note) Of its \(Figure.number(marked.count, "marked case")), "
      + "\(Figure.count(marked.count(where: names.contains))) are due to names in the path."
    return noted
  }

  /// The cost of a variant; nil if it isn't known what its function is billed for.
  private func cost(
    of variant: ComparisonReport.Variant, _ matrix: BehaviourMatrix.Result, _ prices: PriceList
  ) -> VariantCost? {
    guard let api = PriceList.API(rawValue: variant.api.rawValue) else { return nil }
    let use = uses[variant.id]
    if variant.integration == .lambdaProxy, use == nil { return nil }
    return VariantCost(
      variant: variant.id, api: api, function: use, keepsKeys: matrix.showsKeys(of: variant.id), prices: prices)
  }
}
