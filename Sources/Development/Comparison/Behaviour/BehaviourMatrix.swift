internal import LocalBatch

/// What each variant makes of each case, seen by trying.
package struct BehaviourMatrix: Sendable {
  /// A matrix, or as much of it as there was time for.
  package struct Result: Sendable {
    /// The cells, case by case, and within a case in the variants' order. One that was not seen is not there.
    package let cells: [ComparisonReport.Behaviour]
    /// Why some were not seen; nil when all were.
    package let incomplete: String?

    /// What a reader has to know about how the cases were tried, a sentence each.
    var notes: [String] {
      let slow = SubmitCase.all.filter { $0.batch == .slow }.map(\.name)
      guard cells.contains(where: { slow.contains($0.case) }) else { return [] }
      return [
        "Where Batch is slow, functions and integrations are given \(SubmitCase.timeLimit.components.seconds) s, not "
          + "their own time limits, and Batch takes \(SubmitCase.slowness.components.seconds) s."
      ]
    }
  }

  /// How far it has come.
  package struct Progress: Hashable, Sendable {
    /// How many cells there are already.
    package let done: Int
    /// How many there will be.
    package let total: Int
    /// The one that came last.
    package let cell: ComparisonReport.Behaviour
  }

  private let variants: [RunningVariant]
  private let cases: [SubmitCase]

  /// A matrix of these variants. Each submits some tens of jobs.
  package init(_ variants: [RunningVariant]) {
    self.init(variants, cases: SubmitCase.all)
  }

  init(_ variants: [RunningVariant], cases: [SubmitCase]) {
    self.variants = variants
    self.cases = cases
  }

  /// Tries every case with every variant: the variants side by side, the cases one at a time.
  ///
  /// When its task is cancelled it returns at once, with the cells that it has. A deployed stage has no cell where Batch
  /// would have to misbehave, and none of its cells says what Batch got.
  package func run(progress: @escaping @Sendable (Progress) -> Void = { _ in }) async -> Result {
    let runners = variants.map { CaseRunner($0) }
    let total = runners.map { runner in cases.count { runner.canTry($0) } }.reduce(0, +)
    let cells = Cells()
    var failures: [String] = []
    await withTaskGroup(of: String?.self) { group in
      for (column, runner) in runners.enumerated() {
        group.addTask {
          await run(runner) { row, cell in
            progress(Progress(done: await cells.add(cell, row: row, column: column), total: total, cell: cell))
          }
        }
      }
      for await failure in group { if let failure { failures.append(failure) } }
    }
    let seen = await cells.inOrder
    if seen.count < total, failures.isEmpty {
      failures = ["interrupted after \(seen.count) of \(total) cells of the matrix"]
    }
    return Result(cells: seen, incomplete: failures.isEmpty ? nil : failures.joined(separator: "; "))
  }

  /// Tries all cases with one variant; says why it couldn't go on, unless it was cancelled.
  private func run(
    _ runner: CaseRunner, _ note: (_ row: Int, ComparisonReport.Behaviour) async -> Void
  ) async -> String? {
    var runner = runner
    for (row, submitCase) in cases.enumerated() where runner.canTry(submitCase) {
      do {
        let cell = try await runner.run(submitCase)
        // What was cut off says nothing.
        if Task.isCancelled { return nil }
        await note(row, cell)
      } catch {
        return Task.isCancelled ? nil : "\(runner.variant.description.id), \(submitCase.name): \(error)"
      }
    }
    return nil
  }
}

/// The cells that there are, from all variants.
private actor Cells {
  private var seen: [(row: Int, column: Int, cell: ComparisonReport.Behaviour)] = []

  /// Adds a cell, and says how many there are.
  func add(_ cell: ComparisonReport.Behaviour, row: Int, column: Int) -> Int {
    seen.append((row, column, cell))
    return seen.count
  }

  /// Row by row.
  var inOrder: [ComparisonReport.Behaviour] {
    seen.sorted { ($0.row, $0.column) < ($1.row, $1.column) }.map(\.cell)
  }
}
