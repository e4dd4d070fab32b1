internal import Platform

extension ComparisonReport {
  /// The question that a report answers.
  static let title = "Which integration should I use?"

  /// The contents of the report as text, in reading order.
  var outline: [ReportBlock] {
    var blocks: [ReportBlock] = [.title(Self.title), .paragraph("A comparison of \(run.dateText).")]
    blocks += alarms.map { .warning($0) }
    blocks.append(.heading("Verdict"))
    for topic in verdict {
      blocks += [.paragraph("\(topic.name):"), .list(topic.sentences.map { .init(nil, $0) })]
    }
    blocks += [.heading("At a glance"), .table(glance)]
    if let conditions = conditions.first { blocks.append(.paragraph("Times: \(conditions.title).")) }
    blocks += [
      .heading("Variants"),
      .list(variants.map { .init($0.id, ([$0.summary] + [$0.note].compactMap(\.self)).joined(separator: " ")) }),
    ]
    blocks += [.heading("Behaviour")] + behaviourBlocks
    blocks += [.heading("Latency")] + latencyBlocks
    blocks += [.heading("Cost of a million requests")] + costBlocks
    blocks += [.heading("What this run shows, and what it doesn't"), .list((scope + run.notes).map { .init(nil, $0) })]
    blocks += [.heading("How it was run"), .list(provenance)]
    return blocks
  }

  /// What a reader must know first.
  var alarms: [String] {
    (run.incomplete.map { ["Incomplete: \($0)."] } ?? []) + run.warnings
  }

  /// Where the numbers come from.
  var provenance: [ReportBlock.Item] {
    let versions = run.versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return [
      .init("Date", run.date),
      .init("Command", run.command, isCommand: true),
      .init("Versions", versions.isEmpty ? "unknown" : versions.joined(separator: ", ")),
      .init("Build", run.build),
      .init("Machine", run.machine),
    ] + [run.load.map { .init("Load", $0.words) }, .init("Prices", run.prices)].compactMap(\.self)
  }

  private var behaviourBlocks: [ReportBlock] {
    let matrix = self.matrix
    guard !matrix.cases.isEmpty else { return [.paragraph("No case was run.")] }
    var blocks: [ReportBlock] = [
      .table(matrix.table),
      .paragraph("Each cell: status, kind of body, SubmitJob requests that reached Batch / jobs that it created."),
      .list(Behaviour.Mark.allCases.map { .init("! \($0.rawValue)", $0.meaning) }),
    ]
    blocks += members("Injected members:", \.injected)
    blocks += members("Ignored members:", \.ignored)
    return blocks
  }

  private func members(_ title: String, _ members: (Behaviour) -> [String]?) -> [ReportBlock] {
    let items = behaviour.compactMap { cell -> ReportBlock.Item? in
      guard let members = members(cell), !members.isEmpty else { return nil }
      return .init("\(cell.variant), \(cell.case)", members.joined(separator: ", "))
    }
    return items.isEmpty ? [] : [.paragraph(title), .list(items)]
  }

  private var latencyBlocks: [ReportBlock] {
    guard !latency.isEmpty else { return [.paragraph("Nothing was measured.")] }
    return conditions.flatMap { conditions -> [ReportBlock] in
      [.paragraph("\(conditions.title.firstUppercased), times in milliseconds:"), .table(table(of: conditions))]
    } + coldStartBlocks + failureBlocks + [.paragraph(latencyLegend)]
  }

  private var coldStartBlocks: [ReportBlock] {
    coldStartTable.map { [.paragraph("\(Self.coldStartCaption):"), .table($0)] } ?? []
  }

  private var failureBlocks: [ReportBlock] {
    failures.isEmpty ? [] : [.paragraph("Errors:"), .list(failures)]
  }

  /// Introduces AWS's own price pages.
  static let pricePageCaption = "Prices change; AWS's own pages are the source to check"

  /// AWS's own price pages, with the day to compare them with.
  var pricePages: [ReportBlock.Item] {
    run.pricePages.map { .init($0.service, "\($0.url) (here as of \($0.date))") }
  }

  private var pricePageBlocks: [ReportBlock] {
    pricePages.isEmpty ? [] : [.paragraph("\(Self.pricePageCaption):"), .list(pricePages)]
  }

  private var costBlocks: [ReportBlock] {
    guard !cost.isEmpty else { return [.paragraph("No cost was computed.")] }
    let sentences = breakEven.map { ReportBlock.Item(nil, $0.sentence) }
    return [.table(costTable)] + (sentences.isEmpty ? [] : [.paragraph("Break-even:"), .list(sentences)])
      + [.paragraph("Prices: \(run.prices).")] + pricePageBlocks
  }
}

extension ComparisonReport.Run {
  /// The date as people read it, to the minute: `2026-11-26 09:30 UTC`.
  var dateText: String {
    guard Timestamp(rfc3339: date) != nil else { return date }
    return "\(date.prefix(10)) \(date.dropFirst(11).prefix(5)) UTC"
  }
}

extension String {
  /// The text with its first letter capitalized.
  var firstUppercased: String { prefix(1).uppercased() + dropFirst() }

  /// The text on one line, without control characters, for text from SAM templates, URLs and responses.
  var onOneLine: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
