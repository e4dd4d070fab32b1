extension ComparisonReport {
  /// A row for each variant: its marks, its times under the first conditions, its cold starts and its cost.
  var glance: ReportTable {
    let matrix = self.matrix
    let rows = variants.map { variant in
      let measured = latency.first { $0.variant == variant.id }
      let costs = cost.filter { $0.variant == variant.id }.map { Figure.amount($0.perMillion) }
      let marked = matrix.marked(variant.id).map {
        "\(Figure.count($0)) of \(Figure.count(matrix.cells(of: variant.id).count))"
      }
      return [
        variant.id, marked ?? "–", Figure.milliseconds(measured?.p50), Figure.milliseconds(measured?.p99),
        variant.isDirect ? "no function" : measured?.coldStartText ?? "–",
        costs.isEmpty ? "–" : costs.joined(separator: "\n"),
      ]
    }
    return ReportTable(
      columns: [
        .words("variant"), .numbers("marked cases"), .numbers("p50 ms"), .numbers("p99 ms"), .numbers("cold starts"),
        .numbers("US$ per million"),
      ], rows: rows)
  }
}
