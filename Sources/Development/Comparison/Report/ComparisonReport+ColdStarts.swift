extension ComparisonReport {
  /// The caption of the table of cold starts.
  static let coldStartCaption = "Cold starts, and their init in milliseconds"

  /// The cold starts, a row for each function and load; nil where they can't be observed.
  var coldStartTable: ReportTable? {
    let direct = variants.filter(\.isDirect).map(\.id)
    let rows = latency.filter { $0.coldStarts != nil && !direct.contains($0.variant) }.map { row in
      [
        row.variant, conditions(of: row).title, row.coldStartText, row.warmUpColdStarts.map(Figure.count) ?? "–",
        Figure.milliseconds(row.initP50), Figure.milliseconds(row.initMax),
      ]
    }
    if rows.isEmpty { return nil }
    return ReportTable(
      columns: [
        .words("variant"), .words("load"), .numbers("measured"), .numbers("in the warm-up"), .numbers("init p50"),
        .numbers("init max"),
      ], rows: rows)
  }

  /// Which variants started cold, and which ones can't.
  var coldStartVerdict: [String] {
    let direct = variants.filter(\.isDirect).map(\.id)
    var sentences: [String] = []
    if !direct.isEmpty {
      let verb = direct.count == 1 ? "has" : "have"
      sentences.append("\(Figure.list(direct)) \(verb) no function: nothing to start cold, nothing to patch.")
    }
    for variant in variants where !variant.isDirect {
      let rows = latency.filter { $0.variant == variant.id }
      guard !rows.isEmpty else { continue }
      var words = "\(variant.id): \(Self.coldStarts(in: rows.filter { $0.coldStarts != nil }))"
      if let longest = rows.compactMap(\.warmUpMax).max() {
        words += "; the longest warm-up request took \(Figure.time(longest))"
      }
      sentences.append(words + ".")
    }
    return sentences
  }

  private static func coldStarts(in rows: [Latency]) -> String {
    if rows.isEmpty { return "cold starts can't be seen from outside" }
    let starts = rows.compactMap(\.coldStarts).reduce(0, +)
    let requests = rows.map(\.requests).reduce(0, +)
    let warmUp = rows.compactMap(\.warmUpColdStarts).reduce(0, +)
    let measured = starts == 0 ? "no cold starts" : Figure.number(starts, "cold start")
    let inits = rows.compactMap(\.initMax).max().map { ", with an init of at most \(Figure.time($0))" } ?? ""
    return "\(measured) in \(Figure.number(requests, "measured request")) and \(Figure.count(warmUp)) in the warm-up"
      + inits
  }
}

extension ComparisonReport.Latency {
  /// The cold starts and their share, where they can be observed.
  var coldStartText: String {
    guard let coldStarts else { return "–" }
    guard let coldStartShare, coldStarts > 0 else { return Figure.count(coldStarts) }
    return "\(Figure.count(coldStarts)) (\(Figure.percentage(coldStartShare)))"
  }
}
