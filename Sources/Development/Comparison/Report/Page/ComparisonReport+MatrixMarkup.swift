extension ComparisonReport {
  /// The matrix of cases and variants.
  var behaviourSection: Markup {
    let matrix = self.matrix
    guard !matrix.cases.isEmpty else {
      return """
        <section aria-labelledby="behaviour"><h2 id="behaviour">Behaviour</h2>
        <p>No case was run.</p>
        </section>
        """
    }
    let heads = variants.map { "<th scope=\"col\">\(Markup(breaking: $0.id))</th>" as Markup }
    let rows = matrix.cases.map { name -> Markup in
      "<tr><th scope=\"row\">\(Markup(breaking: name))</th>\(variants.map { cell(matrix[name, $0.id], of: $0.id) })</tr>"
    }
    let sums = variants.map { variant -> Markup in
      let marked = matrix.marked(variant.id)
      return """
        <td class="\((marked ?? 0) > 0 ? "marked" : "")">\(who(variant.id))<div>\(marked.map(Figure.count) ?? "–")</div></td>
        """
    }
    let legend = Behaviour.Mark.allCases.map { mark -> Markup in
      "<div><dt>\(self.mark(mark))</dt><dd>\(mark.meaning)</dd></div>"
    }
    return """
      <section aria-labelledby="behaviour"><h2 id="behaviour">Behaviour</h2>
      <p>What the caller got, how many SubmitJob requests reached Batch, and how many jobs it created.</p>
      <dl class="marks">
      \(legend)
      </dl>
      <div class="scroll cases\(isBroad ? " broad" : "" as Markup)" role="region" aria-label="Cases and variants" \
      tabindex="0"><table class="matrix">
      <caption><span>Cases and variants</span></caption>
      <thead><tr><th scope="col">case</th>\(heads)</tr></thead>
      <tbody>
      \(rows)
      </tbody>
      <tfoot><tr><th scope="row">marked cases</th>\(sums)</tr></tfoot>
      </table></div>
      </section>
      """
  }

  /// Whether the matrix has too many columns for a sheet of paper in portrait format.
  var isBroad: Bool { variants.count > 5 }

  /// The variant, shown on phones, where cells are stacked below the head of their row.
  private func who(_ id: String) -> Markup { "<span class=\"who\">\(id)</span>" }

  private func cell(_ cell: Behaviour?, of id: String) -> Markup {
    guard let cell else { return "<td class=\"absent\">\(who(id))<div>not run</div></td>" }
    let kind: Markup = cell.status == nil ? "" : " <span class=\"kind\">\(cell.body.rawValue)</span>"
    let batch = cell.requests.flatMap { requests in
      cell.jobs.map { "\(Figure.number(requests, "request")), \(Figure.number($0, "job"))" }
    }
    let members = [("injected", cell.injected), ("ignored", cell.ignored)].compactMap { name, members -> Markup? in
      guard let members, !members.isEmpty else { return nil }
      return "<span class=\"members\">\(name): \(Markup(breaking: members.joined(separator: ", ")))</span>"
    }
    return """
      <td\(cell.marks.isEmpty ? "" : " class=\"marked\"" as Markup)>\(who(id))<div>\
      <span class="status">\(cell.statusText)</span>\(kind) <span class="batch">\(batch ?? "Batch not seen")</span>\
      \(cell.marks.map(mark))\(members)</div></td>
      """
  }

  /// A mark is recognizable by its word and its shape, not just by its colour.
  private func mark(_ mark: Behaviour.Mark) -> Markup {
    "<span class=\"mark\"><span aria-hidden=\"true\">▲</span> \(mark.rawValue)</span>"
  }
}
