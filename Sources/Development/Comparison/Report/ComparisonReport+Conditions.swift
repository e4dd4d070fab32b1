extension ComparisonReport {
  /// The conditions of a measurement. Only measurements under the same conditions are compared.
  struct Conditions: Hashable {
    var loop: Latency.Loop
    var concurrency: Int
    /// Requests a second; nil in a closed loop.
    var rate: Double?

    /// The conditions in words.
    var title: String {
      var words = ["\(loop.rawValue) loop"]
      if let rate { words.append(Figure.rate(rate)) }
      words.append(Figure.number(concurrency, "worker"))
      return words.joined(separator: ", ")
    }
  }

  /// Explains the latency tables.
  var latencyLegend: String {
    let warmUps = Set(latency.map(\.warmUpRequests)).sorted().map(Figure.count).joined(separator: " or ")
    return "Times are of requests that got a 2xx. "
      + "Closed loop: a worker waits for its response before it sends again. "
      + "Open loop: requests are sent at the given rate regardless of responses, and each time counts from when the "
      + "request was due. The warm-up, \(warmUps) requests for each loop of each variant, is not measured; then the variants "
      + "take turns."
      + (coldStartTable == nil ? "" : " An init lasts from the start of a process until it asks for its first event.")
      + " The second line of a p50 or p99 is its noise: the 95 % confidence interval, from how much the measurement's "
      + "\(Percentiles.parts) consecutive parts differ. In the verdict, times whose intervals overlap are equal, and a p99 "
      + "of fewer than \(Figure.count(Self.leastForP99)) successes is left out. Another run, or another machine, may "
      + "differ by more."
  }

  /// The conditions, in the order in which they were measured.
  var conditions: [Conditions] {
    var seen: Set<Conditions> = []
    return latency.map(conditions(of:)).filter { seen.insert($0).inserted }
  }

  /// The measurements under some conditions.
  func latency(under conditions: Conditions) -> [Latency] {
    latency.filter { self.conditions(of: $0) == conditions }
  }

  /// The measurements under some conditions, a row for each variant.
  func table(of conditions: Conditions) -> ReportTable {
    let columns: [ReportTable.Column] = [
      .words("variant"), .numbers("requests"), .numbers("errors"), .numbers("p50"), .numbers("p90"), .numbers("p99"),
      .numbers("max"), .numbers("2xx per second"), .numbers("warm-up max"),
    ]
    let rows = latency(under: conditions).map { row in
      [
        row.variant, Figure.count(row.requests), Figure.count(row.errors),
        Figure.milliseconds(row.p50, row.p50Interval), Figure.milliseconds(row.p90),
        Figure.milliseconds(row.p99, row.p99Interval), Figure.milliseconds(row.max),
        Figure.decimal(row.requestsPerSecond, places: 1), Figure.milliseconds(row.warmUpMax),
      ]
    }
    return ReportTable(columns: columns, rows: rows)
  }

  /// The kinds of failure of each variant, the most frequent first.
  var failures: [ReportBlock.Item] {
    latency.filter { !$0.failures.isEmpty }.map { row in
      let ways = row.failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let place = conditions.count > 1 ? " (\(conditions(of: row).title))" : ""
      let text = ways.map { "\($0.key) (\(Figure.number($0.value, "time")))" }.joined(separator: ", ")
      return ReportBlock.Item(row.variant + place, text)
    }
  }

  func conditions(of row: Latency) -> Conditions {
    Conditions(loop: row.loop, concurrency: row.concurrency, rate: row.rate)
  }
}
