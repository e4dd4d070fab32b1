extension ComparisonReport {
  /// Where variants without any mark respond differently, a sentence for all cases with the same difference. Empty if
  /// fewer than two variants have no mark. Cases with a key or about jobs are left out: a direct integration can't keep a
  /// key, or jobs from callers.
  var differences: [String] {
    let matrix = self.matrix
    let clean = variants.map(\.id).filter { matrix.markedPlainCases($0) == 0 }
    guard clean.count > 1 else { return [] }
    var cases: [(outcomes: String, names: [String])] = []
    for name in matrix.plainCases {
      guard let outcomes = outcomes(clean.compactMap { matrix[name, $0] }) else { continue }
      if let index = cases.firstIndex(where: { $0.outcomes == outcomes }) {
        cases[index].names.append(name)
      } else {
        cases.append((outcomes, [name]))
      }
    }
    let count = cases.reduce(0) { $0 + $1.names.count }
    let total = Figure.number(matrix.plainCases.count, "case")
    let verdict = count == 0 ? "alike in all \(total)" : "differently in \(Figure.count(count)) of \(total)"
    return ["\(Figure.list(clean)) respond \(verdict)."]
      + cases.map { "\(Self.list($0.names)): \($0.outcomes)." } + errorBodies(clean)
  }

  /// The first few names, and how many more there are. The matrix has all of them.
  private static func list(_ names: [String]) -> String {
    let (some, more) = names.count > 4 ? (names.prefix(3), names.count - 3) : (names[...], 0)
    return Figure.list(some + (more == 0 ? [] : ["\(Figure.count(more)) more cases"]))
  }

  /// How variants handled one case, in words; nil if all handled it alike.
  private func outcomes(_ cells: [Behaviour]) -> String? {
    let groups = cells.grouped { [$0.status, $0.requests, $0.jobs] }
    guard groups.count > 1 else { return nil }
    // Of the counts at Batch, report only those that differ.
    let requestsDiffer = Set(cells.map(\.requests)).count > 1
    let jobsDiffer = Set(cells.map(\.jobs)).count > 1
    return groups.map { group in
      let cell = group[0]
      var counts: [String] = []
      if requestsDiffer, let requests = cell.requests {
        counts.append(requests == 0 ? "stopped before Batch" : "\(Figure.number(requests, "request")) to Batch")
      }
      if jobsDiffer, let jobs = cell.jobs, jobs > 0 || counts.isEmpty { counts.append(Figure.number(jobs, "job")) }
      let batch = counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))"
      return "\(cell.statusText)\(batch) from \(Figure.list(group.map(\.variant)))"
    }.joined(separator: ", ")
  }

  /// The kinds of error bodies, if they differ between the variants.
  private func errorBodies(_ ids: [String]) -> [String] {
    let kinds = ids.map { id in
      let errors = matrix.cells(of: id).filter { cell in cell.status.map { $0 >= 400 } ?? false }
      return (id: id, bodies: errors.map(\.body.rawValue).grouped(by: \.self).map { $0[0] })
    }.filter { !$0.bodies.isEmpty }
    let groups = kinds.grouped { Set($0.bodies) }
    guard groups.count > 1 else { return [] }
    let words = groups.map { "\(Figure.list($0[0].bodies)) from \(Figure.list($0.map(\.id)))" }
    return ["Error bodies: \(words.joined(separator: ", "))."]
  }
}

extension Array {
  /// The elements grouped by key, in order of first appearance.
  fileprivate func grouped<Key: Hashable>(by key: (Element) -> Key) -> [[Element]] {
    var groups: [(key: Key, elements: [Element])] = []
    for element in self {
      let key = key(element)
      if let index = groups.firstIndex(where: { $0.key == key }) {
        groups[index].elements.append(element)
      } else {
        groups.append((key, [element]))
      }
    }
    return groups.map(\.elements)
  }
}
