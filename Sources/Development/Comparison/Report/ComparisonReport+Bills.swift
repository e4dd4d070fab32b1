extension ComparisonReport {
  /// The bill of each variant, item by item, with its sum.
  var costTable: ReportTable {
    ReportTable(
      columns: [.words("variant"), .words("item"), .numbers("US$"), .words("formula")],
      rows: cost.flatMap { cost -> [[String]] in
        let parts = cost.parts.enumerated().map { index, part in
          [index == 0 ? cost.title : "", part.item, Figure.amount(part.amount), part.formula]
        }
        let sum = [parts.isEmpty ? cost.title : "", "sum", Figure.amount(cost.perMillion), cost.function ?? ""]
        let keys =
          cost.keys.map { keys in
            [
              ["", keys.item, Figure.amount(keys.amount), keys.formula],
              ["", "sum with keys", Figure.amount(cost.perMillion + keys.amount), ""],
            ]
          } ?? []
        return parts + [sum] + keys
      })
  }
}

extension ComparisonReport.Cost {
  /// The variant, with its function's architecture if it has one.
  var title: String {
    architecture.map { "\(variant) (\($0))" } ?? variant
  }

  /// The function's memory and billed duration; nil without a function.
  var function: String? {
    let parts = [
      memorySize.map { "\(Figure.count($0)) MB" },
      billedMilliseconds.map { "\(Figure.time($0)) billed" },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
