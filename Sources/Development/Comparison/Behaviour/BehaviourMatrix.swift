internal import LocalBatch

/// Runs every case against every variant and records how each behaves.
package struct BehaviourMatrix: Sendable {
  /// The whole matrix, or the part that was run before an interruption.
  package struct Result: Sendable {
    /// The cells, case by case, and within a case in the variants' order. Cells that were not run are absent.
    package let cells: [ComparisonReport.Behaviour]
    /// Why some cells are absent; nil if all were run.
    package let incomplete: String?

    /// Whether a variant was seen to make one job of two requests with one key.
    func showsKeys(of variant: String) -> Bool {
      cells.contains {
        $0.variant == variant && $0.case == SubmitCase.twiceWithKey.name && $0.body == .job && $0.marks.isEmpty
      }
    }

    /// Notes for the reader on how the cases were run, one sentence each.
    var notes: [String] {
      func ran(_ isMeant: (SubmitCase) -> Bool) -> Bool {
        let names = SubmitCase.all.filter(isMeant).map(\.name)
        return cells.contains { names.contains($0.case) }
      }
      var notes: [String] = []
      if ran({ $0.batch == .slow }) {
        notes.append(
          "Where Batch is slow, an answer is lost or a function dies, functions and integrations have a time limit of "
            + "\(SubmitCase.timeLimit.components.seconds) s instead of their own, and a slow Batch takes "
            + "\(SubmitCase.slowness.components.seconds) s to respond.")
      }
      if ran(\.hasKey) {
        notes.append(
          "With a key, the caller sends an Idempotency-Key and means one job. It repeats the request until it succeeds, "
            + "as the responses ask it to. Only a function can die.")
      }
      if cells.contains(where: { JobCase.all.map(\.name).contains($0.case) }) {
        notes.append(
          "In the cases about jobs, two IAM users submit and ask, as API Gateway identifies them on routes with IAM "
            + "authorization. Where one must not see the other's job, functions have SUBMITTER_TAG and "
            + "JOBS_SEEN_BY=submitter; mapping templates have no such setting, and template.yaml can't be deployed with "
            + "it and the direct routes.")
      }
      return notes
    }
  }

  /// How much of the matrix has been run.
  package struct Progress: Hashable, Sendable {
    /// The number of cells run so far.
    package let done: Int
    /// The number of cells in the whole matrix.
    package let total: Int
    /// The latest cell.
    package let cell: ComparisonReport.Behaviour
  }

  private let variants: [RunningVariant]
  private let cases: [MatrixCase]

  /// A matrix of these variants. Each submits a few dozen jobs.
  package init(_ variants: [RunningVariant]) {
    self.init(variants, cases: MatrixCase.all)
  }

  init(_ variants: [RunningVariant], cases: [MatrixCase]) {
    self.variants = variants
    self.cases = cases
  }

  /// Runs every case against every variant: the variants in parallel, the cases one at a time.
  ///
  /// Returns at once when its task is cancelled, with the cells run so far. A deployed stage has no cell for a case in
  /// which Batch would have to misbehave or jobs have to exist, and none of its cells says what Batch received.
  package func run(progress: @escaping @Sendable (Progress) -> Void = { _ in }) async -> Result {
    let runners = variants.map { CaseRunner($0) }
    let total = runners.map { runner in cases.count { runner.canRun($0) } }.reduce(0, +)
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
    let finished = await cells.inOrder
    if finished.count < total, failures.isEmpty {
      failures = ["interrupted after \(finished.count) of \(total) cells of the matrix"]
    }
    return Result(cells: finished, incomplete: failures.isEmpty ? nil : failures.joined(separator: "; "))
  }

  /// Runs all cases against one variant. Returns why it couldn't continue, or nil if it finished or was cancelled.
  private func run(
    _ runner: CaseRunner, _ note: (_ row: Int, ComparisonReport.Behaviour) async -> Void
  ) async -> String? {
    var runner = runner
    for (row, matrixCase) in cases.enumerated() where runner.canRun(matrixCase) {
      do {
        let cell = try await runner.run(matrixCase)
        // The cell of an interrupted case would be meaningless.
        if Task.isCancelled { return nil }
        await note(row, cell)
      } catch {
        return Task.isCancelled ? nil : "\(runner.variant.description.id), \(matrixCase.name): \(error)"
      }
    }
    return nil
  }
}

/// Collects the cells of all variants.
private actor Cells {
  private var collected: [(row: Int, column: Int, cell: ComparisonReport.Behaviour)] = []

  /// Adds a cell and returns how many there are.
  func add(_ cell: ComparisonReport.Behaviour, row: Int, column: Int) -> Int {
    collected.append((row, column, cell))
    return collected.count
  }

  /// The cells, row by row.
  var inOrder: [ComparisonReport.Behaviour] {
    collected.sorted { ($0.row, $0.column) < ($1.row, $1.column) }.map(\.cell)
  }
}
