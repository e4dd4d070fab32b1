extension ComparisonReport {
  /// The report as one self-contained HTML page: no script, no other files, no network.
  package var html: String {
    let page: Markup = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <link rel="icon" href="data:,">
      <title>\(Self.title) A comparison of \(run.dateText)</title>
      <style>
      \(PageStyle.sheet)
      \(isBroad ? PageStyle.landscape : "")
      </style>
      </head>
      <body>
      <main>
      <header>
      <p class="kicker">API Gateway to AWS Batch</p>
      <h1>\(Self.title)</h1>
      <p class="lead">\(Figure.number(variants.count, "integration")) compared on <time datetime="\(run.date)">\
      \(run.dateText)</time></p>
      </header>
      \(alarms.map { "<p class=\"alarm\" role=\"note\"><strong>Warning</strong> \($0)</p>" as Markup })
      \(verdictSection)
      \(variantSection)
      \(behaviourSection)
      \(latencySection)
      \(costSection)
      \(scopeSection)
      </main>
      </body>
      </html>

      """
    return page.html
  }

  private var verdictSection: Markup {
    let topics = verdict.map { topic -> Markup in
      """
      <div class="topic"><h3>\(topic.name)</h3>
      \(topic.sentences.map { "<p>\($0)</p>" as Markup })
      </div>
      """
    }
    let legend = conditions.first.map { "<p class=\"legend\">Times: \($0.title).</p>" as Markup } ?? ""
    return """
      <section aria-labelledby="verdict"><h2 id="verdict">Verdict</h2>
      \(glance.markup(caption: "At a glance"))
      \(legend)
      <div class="topics">
      \(topics)
      </div>
      </section>
      """
  }

  private var variantSection: Markup {
    let items = variants.enumerated().map { index, variant -> Markup in
      """
      <li>\(Swatch(index: index).markup)<div><b>\(variant.id)</b> \(variant.summary)\
      \(variant.note.map { " <span class=\"soft\">\($0)</span>" as Markup } ?? "")</div></li>
      """
    }
    return """
      <section aria-labelledby="variants"><h2 id="variants">Variants</h2>
      <ol class="variants">
      \(items)
      </ol>
      </section>
      """
  }

  private var latencySection: Markup {
    let figures = conditions.enumerated().map { index, conditions -> Markup in
      let rows = latency(under: conditions)
      let lines = variants.enumerated().flatMap { series, variant in
        rows.filter { $0.variant == variant.id }.map { LatencyChart.Line(series: series, latency: $0) }
      }
      let charts = [ChartSize.wide, .narrow].compactMap { size in
        LatencyChart(lines: lines, title: conditions.title, id: "latency-\(index)", size: size)?.markup
      }
      let keys = lines.map { line -> Markup in
        "<li>\(Swatch(index: line.series).markup)<span>\(line.latency.variant)</span></li>"
      }
      return """
        <figure>
        <figcaption>\(conditions.title.firstUppercased)</figcaption>
        \(charts)
        \(charts.isEmpty ? "" : "<ul class=\"keys\">\(keys)</ul>" as Markup)
        \(table(of: conditions).markup(caption: "Times in milliseconds"))
        </figure>
        """
    }
    return """
      <section aria-labelledby="latency"><h2 id="latency">Latency</h2>
      \(conditions.isEmpty ? ["<p>Nothing was measured.</p>"] : figures)
      \(coldStartTable?.markup(caption: Self.coldStartCaption) ?? "")
      \(failureList)
      \(conditions.isEmpty ? "" : "<p class=\"legend\">\(latencyLegend)</p>" as Markup)
      </section>
      """
  }

  private var failureList: Markup {
    if failures.isEmpty { return "" }
    return """
      <h3>Errors</h3>
      <ul class="notes">
      \(failures.map { "<li><b>\($0.term ?? "")</b>: \($0.text)</li>" as Markup })
      </ul>
      """
  }

  private var costSection: Markup {
    let charts = [ChartSize.wide, .narrow].compactMap { CostChart(cost: cost, size: $0)?.markup }
    let content: Markup =
      cost.isEmpty
      ? "<p>No cost was computed.</p>"
      : """
      <figure>
      <figcaption>US dollars for a million requests</figcaption>
      \(charts)
      \(charts.isEmpty ? "" : CostChart.keys(cost))
      \(costTable.markup(caption: "The bills, item by item"))
      </figure>
      \(breakEvenList)
      <p class="legend">Prices: \(run.prices).</p>
      \(pricePageList)
      """
    return """
      <section aria-labelledby="cost"><h2 id="cost">Cost</h2>
      \(content)
      </section>
      """
  }

  private var breakEvenList: Markup {
    if breakEven.isEmpty { return "" }
    return """
      <h3>Break-even</h3>
      <ul class="notes">
      \(breakEven.map { "<li>\($0.sentence)</li>" as Markup })
      </ul>
      """
  }

  private var pricePageList: Markup {
    if pricePages.isEmpty { return "" }
    return """
      <h3>\(Self.pricePageCaption)</h3>
      <ul class="notes">
      \(pricePages.map { "<li><b>\($0.term ?? "")</b>: \($0.text)</li>" as Markup })
      </ul>
      """
  }

  /// Keeps each word in one piece where there's room: a browser would break `--json` after its hyphens.
  private static func words(_ command: String) -> [Markup] {
    command.split(separator: " ").map { "<span>\(String($0))</span>" }
  }

  private var scopeSection: Markup {
    let rows = provenance.map { item -> Markup in
      let value: Markup = item.isCommand ? "<code>\(Self.words(item.text))</code>" : "\(item.text)"
      return "<div><dt>\(item.term ?? "")</dt><dd>\(value)</dd></div>"
    }
    return """
      <section aria-labelledby="scope"><h2 id="scope">What this run shows, and what it doesn’t</h2>
      <ul class="notes">
      \((scope + run.notes).map { "<li>\($0)</li>" as Markup })
      </ul>
      </section>
      <section aria-labelledby="run"><h2 id="run">How it was run</h2>
      <dl class="run">
      \(rows)
      </dl>
      </section>
      """
  }
}
