internal import LocalAPIGateway
internal import LocalBatch

extension CaseRunner {
  /// Whether a row can be run. Those about jobs need two callers and a Batch that can be looked into, so they are not run
  /// against a deployed stage.
  func canRun(_ matrixCase: MatrixCase) -> Bool {
    switch matrixCase {
    case .submit(let submitCase): canRun(submitCase)
    case .job: variant.stage != nil
    }
  }

  /// Runs a row.
  mutating func run(_ matrixCase: MatrixCase) async throws -> ComparisonReport.Behaviour {
    switch matrixCase {
    case .submit(let submitCase): return try await run(submitCase)
    case .job(let jobCase):
      return ComparisonReport.Behaviour(
        jobCase.name, variant: variant.description.id, mustSucceed: jobCase.mustSucceed, try await observe(jobCase))
    }
  }

  /// Runs a case in a gateway and a Batch of its own, which has no other jobs.
  private func observe(_ jobCase: JobCase) async throws -> Observation {
    guard let stage = variant.stage else { return Observation(responses: []) }
    let clock = StandingClock()
    let batch = stage.variant.embeddedBatch(compute: StatefulJob.compute, clock: clock.wall)
    return try await batch.serve { port in
      try await stage.serve(batchURL: "http://127.0.0.1:\(port)", variables: jobCase.variables) { _, gateway in
        await JobCaseRunner(variant: variant, route: stage.variant.route, gateway: gateway, batch: batch, clock: clock)
          .run(jobCase)
      }
    }
  }
}
