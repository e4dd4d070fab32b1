extension ComparisonReport {
  /// The number of successes required to rank a p99.
  static let leastForP99 = 100

  /// One aspect of the verdict.
  struct Topic: Hashable {
    var name: String
    /// Derived from the report's data alone.
    var sentences: [String]
  }

  /// The answer to the report's question, as far as the numbers give one.
  var verdict: [Topic] {
    let latency = conditions.flatMap(latencyVerdict)
    return [
      Topic(name: "Behaviour", sentences: behaviourVerdict),
      Topic(name: "Differences without a mark", sentences: differences),
      Topic(name: "Latency", sentences: conditions.isEmpty ? ["Nothing was measured."] : latency),
      Topic(name: "Cold starts", sentences: coldStartVerdict),
      Topic(name: "Cost", sentences: costVerdict),
      Topic(name: "Recommendation", sentences: recommendation),
      Topic(name: questionsName, sentences: questions),
    ].filter { !$0.sentences.isEmpty }
  }

  private var behaviourVerdict: [String] {
    let matrix = self.matrix
    guard !matrix.cases.isEmpty else { return ["No case was run."] }
    let seen = variants.map { (id: $0.id, cells: matrix.cells(of: $0.id)) }
    var sentences: [String] = []
    let clean = seen.filter { !$0.cells.isEmpty && $0.cells.allSatisfy(\.marks.isEmpty) }
    for (count, group) in Dictionary(grouping: clean, by: \.cells.count).sorted(by: { $0.key > $1.key }) {
      let verb = group.count == 1 ? "has" : "have"
      sentences.append("\(Figure.list(group.map(\.id))) \(verb) no marks in \(Figure.number(count, "case")).")
    }
    for (id, cells) in seen where !cells.allSatisfy(\.marks.isEmpty) {
      let marks = Behaviour.Mark.allCases.compactMap { mark -> String? in
        let count = cells.count { $0.marks.contains(mark) }
        return count == 0 ? nil : "\(mark.rawValue) in \(Figure.count(count))"
      }
      let marked = cells.count { !$0.marks.isEmpty }
      let total = Figure.number(cells.count, "case")
      sentences.append("\(id) is marked in \(Figure.count(marked)) of \(total): \(marks.joined(separator: ", ")).")
    }
    for (id, cells) in seen where cells.isEmpty { sentences.append("No case was run against \(id).") }
    if !unseenBatches.isEmpty {
      sentences.append(
        "What reached Batch could not be observed behind \(Figure.list(unseenBatches)): only responses were judged.")
    }
    return sentences
  }

  private func latencyVerdict(under conditions: Conditions) -> [String] {
    let rows = latency(under: conditions)
    // With fewer, it would be the time of one or two requests.
    let hasP99 = rows.allSatisfy { $0.p99 == nil || $0.requests - $0.errors >= Self.leastForP99 }
    let rankings = [
      ("p50", rows.ranking(\.p50, \.p50Interval)), ("p99", hasP99 ? rows.ranking(\.p99, \.p99Interval) : nil),
    ]
    var ranked = rankings.compactMap { name, ranking in ranking?.words(name, format: Figure.time) }
    if ranked.isEmpty, rows.contains(where: { $0.p50 != nil }) {
      ranked = [
        "times are not ranked: with fewer than \(Percentiles.leastForInterval) successes, their noise is unknown"
      ]
    }
    var sentences = ranked.isEmpty ? [] : ["\(conditions.title.firstUppercased): \(ranked.joined(separator: "; "))."]
    for row in rows where row.errors > 0 {
      let place = self.conditions.count > 1 ? " (\(conditions.title))" : ""
      let failed = "\(row.variant)\(place): \(Figure.count(row.errors)) of \(Figure.number(row.requests, "request"))"
      let consequence = row.p50 == nil ? ", so it has no times" : "; its times are those of the others"
      sentences.append("\(failed) got no 2xx\(consequence).")
    }
    return sentences
  }

  private var costVerdict: [String] {
    let bills = cost.map { Ranking.Entry($0.title, $0.perMillion) }
    guard let ranking = Ranking(bills) else { return ["No cost was computed."] }
    return [ranking.words("cost of a million requests", format: Figure.dollars) + "."]
  }
}

extension ComparisonReport {
  /// The results at a glance: a row for each variant with its marks, its times under the first conditions, its cold
  /// starts and its cost.
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

extension [ComparisonReport.Latency] {
  /// Nil unless the noise of each row with a percentile is known.
  fileprivate func ranking(
    _ percentile: (Element) -> Double?, _ interval: (Element) -> Element.Interval?
  ) -> Ranking? {
    let rows = filter { percentile($0) != nil }
    let entries = rows.compactMap { row in
      percentile(row).flatMap { value in interval(row).map { Ranking.Entry(row.variant, value, interval: $0) } }
    }
    return entries.count == rows.count ? Ranking(entries) : nil
  }
}
