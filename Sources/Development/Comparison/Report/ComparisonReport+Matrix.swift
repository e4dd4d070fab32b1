extension ComparisonReport {
  /// The behaviour as a matrix.
  var matrix: MatrixTable { MatrixTable(variants: variants, behaviour: behaviour) }

  /// The variants whose Batch could not be observed.
  var unseenBatches: [String] {
    variants.map(\.id).filter { id in behaviour.contains { $0.variant == id && $0.isBatchUnseen } }
  }
}

/// A matrix of cases and variants.
struct MatrixTable {
  let variants: [ComparisonReport.Variant]
  /// The cases, in the order in which they were run.
  let cases: [String]
  private let cells: [Place: ComparisonReport.Behaviour]

  private struct Place: Hashable {
    var name: String
    var variant: String
  }

  init(variants: [ComparisonReport.Variant], behaviour: [ComparisonReport.Behaviour]) {
    self.variants = variants
    var cases: [String] = []
    var seen: Set<String> = []
    for cell in behaviour where seen.insert(cell.case).inserted { cases.append(cell.case) }
    self.cases = cases
    let places = behaviour.map { (Place(name: $0.case, variant: $0.variant), $0) }
    cells = Dictionary(places) { first, _ in first }
  }

  /// How a variant handled a case; nil if it wasn't run.
  subscript(name: String, variant: String) -> ComparisonReport.Behaviour? {
    cells[Place(name: name, variant: variant)]
  }

  /// The cells of a variant, in the order of the cases.
  func cells(of variant: String) -> [ComparisonReport.Behaviour] {
    cases.compactMap { self[$0, variant] }
  }

  /// How many of a variant's cases are marked; nil if none was run.
  func marked(_ variant: String) -> Int? {
    let cells = cells(of: variant)
    return cells.isEmpty ? nil : cells.count { !$0.marks.isEmpty }
  }

  /// The cases of a submit without an `Idempotency-Key`: those that every integration can handle well.
  var plainCases: [String] {
    let others = Set(SubmitCase.all.filter(\.hasKey).map(\.name) + JobCase.all.map(\.name))
    return cases.filter { !others.contains($0) }
  }

  /// How many of a variant's plain cases are marked; nil if none was run.
  func markedPlainCases(_ variant: String) -> Int? {
    let cells = plainCases.compactMap { self[$0, variant] }
    return cells.isEmpty ? nil : cells.count { !$0.marks.isEmpty }
  }

  /// The marks of a variant in the cases with these names.
  func marks(of variant: String, in names: [String]) -> Set<ComparisonReport.Behaviour.Mark> {
    Set(names.compactMap { self[$0, variant] }.flatMap(\.marks))
  }

  /// The matrix as a table of text.
  var table: ReportTable {
    ReportTable(
      columns: [.words("case")] + variants.map { .words($0.id) },
      rows: cases.map { name in [name] + variants.map { self[name, $0.id]?.words ?? "not run" } }
        + [["marked cases"] + variants.map { marked($0.id).map(Figure.count) ?? "–" }])
  }
}

extension ComparisonReport.Behaviour {
  /// The cell's status, or that there was no response.
  var statusText: String { status.map(String.init) ?? "no response" }

  /// Whether it could not be observed what reached Batch.
  var isBatchUnseen: Bool { requests == nil || jobs == nil }

  /// The cell as text, with a line for each mark.
  fileprivate var words: String {
    let response = status == nil ? statusText : "\(statusText) \(body.rawValue)"
    let batch = requests.flatMap { requests in jobs.map { " \(requests)/\($0)" } } ?? ""
    return ([response + batch] + marks.map { "! \($0.rawValue)" }).joined(separator: "\n")
  }
}

extension ComparisonReport.Behaviour.Mark {
  /// What the mark means.
  var meaning: String {
    switch self {
    case .maskedFailure: "a failure is reported as a success"
    case .duplicate: "one request, or one Idempotency-Key, created two jobs"
    case .injected: "a member that the caller may not set reached Batch"
    case .lost: "a good request failed"
    case .ignored: "the caller's members were dropped although the request succeeded"
    case .leaked: "a caller saw or ended a job that isn't theirs, or isn't in the queue of the path"
    }
  }
}
