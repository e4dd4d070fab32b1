extension ComparisonReport {
  /// What was seen of the cases.
  var matrix: MatrixTable { MatrixTable(variants: variants, behaviour: behaviour) }

  /// The variants whose Batch could not be seen.
  var unseenBatches: [String] {
    variants.map(\.id).filter { id in behaviour.contains { $0.variant == id && $0.isBatchUnseen } }
  }
}

/// Cases by variants.
struct MatrixTable {
  let variants: [ComparisonReport.Variant]
  /// The cases in the order in which they were run.
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

  /// What a variant made of a case; nil when it wasn't run.
  subscript(name: String, variant: String) -> ComparisonReport.Behaviour? {
    cells[Place(name: name, variant: variant)]
  }

  /// What was seen of a variant, in the order of the cases.
  func cells(of variant: String) -> [ComparisonReport.Behaviour] {
    cases.compactMap { self[$0, variant] }
  }

  /// How many of a variant's cases are marked; nil when none was run.
  func marked(_ variant: String) -> Int? {
    let cells = cells(of: variant)
    return cells.isEmpty ? nil : cells.count { !$0.marks.isEmpty }
  }

  /// The matrix in words.
  var table: ReportTable {
    ReportTable(
      columns: [.words("case")] + variants.map { .words($0.id) },
      rows: cases.map { name in [name] + variants.map { self[name, $0.id]?.words ?? "not run" } }
        + [["marked cases"] + variants.map { marked($0.id).map(Figure.count) ?? "–" }])
  }
}

extension ComparisonReport.Behaviour {
  /// The cell's status, or that there was none.
  var statusText: String { status.map(String.init) ?? "no answer" }

  /// Whether nobody could see what reached Batch.
  var isBatchUnseen: Bool { requests == nil || jobs == nil }

  /// The cell in words, a line for each mark.
  fileprivate var words: String {
    let answer = status == nil ? statusText : "\(statusText) \(body.rawValue)"
    let batch = requests.flatMap { requests in jobs.map { " \(requests)/\($0)" } } ?? ""
    return ([answer + batch] + marks.map { "! \($0.rawValue)" }).joined(separator: "\n")
  }
}

extension ComparisonReport.Behaviour.Mark {
  /// What the mark says of a cell.
  var meaning: String {
    switch self {
    case .maskedFailure: "a failure is reported as a success"
    case .duplicate: "one request made two jobs"
    case .injected: "a member got in that the caller may not set"
    case .lost: "a good request failed"
    }
  }
}
