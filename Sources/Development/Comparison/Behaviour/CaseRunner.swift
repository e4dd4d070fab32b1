internal import LocalBatch

/// Runs cases against one variant, one at a time.
struct CaseRunner: Sendable {
  let variant: RunningVariant
  private var intended: IntendedMembers?

  init(_ variant: RunningVariant) {
    self.variant = variant
  }

  /// Whether a case can be run: the Batch behind a deployed stage can't be made to misbehave.
  func canRun(_ submitCase: SubmitCase) -> Bool { variant.stage != nil || submitCase.batch == .normal }

  /// Runs a case. The good submit must be the first one, because it shows what the variant sends by default.
  ///
  /// - Throws: whatever prevents a gateway from starting for the case.
  mutating func run(_ submitCase: SubmitCase) async throws -> ComparisonReport.Behaviour {
    let observation = try await observe(submitCase)
    return ComparisonReport.Behaviour(
      submitCase.name, variant: variant.description.id, mustSucceed: submitCase.mustSucceed, observation)
  }

  private mutating func observe(_ submitCase: SubmitCase) async throws -> Observation {
    guard let stage = variant.stage else {
      return Observation(responses: await send(submitCase, to: variant.url))
    }
    let (received, created) = (await stage.batch.receivedBodies.count, await stage.batch.submitJobBodies.count)
    let runner = self
    let responses = try await withConditions(of: submitCase, stage) { await runner.send(submitCase, to: $0) }
    let batch = Observation.Batch(
      bodies: Array(await stage.batch.receivedBodies.dropFirst(received)),
      jobs: await stage.batch.submitJobBodies.count - created)
    if intended == nil {
      intended = IntendedMembers(
        of: .init(path: variant.path, body: batch.bodies.first),
        and: .init(path: SubmitCase.other.path(variant.path), body: await firstBody(of: .other, stage)))
    }
    let callerBody = submitCase.body()
    let path = submitCase.path(variant.path)
    var injected: [String] = []
    for body in batch.bodies {
      let members = intended?.injected(into: body, by: callerBody, path: path) ?? []
      injected += members.filter { !injected.contains($0) }
    }
    return Observation(
      responses: responses, batch: batch, injected: injected,
      ignored: MemberList(callerBody).missing(from: batch.bodies.map { MemberList($0) }))
  }

  /// The first body that reaches Batch in a case that isn't part of the report.
  private func firstBody(of submitCase: SubmitCase, _ stage: LocalStage) async -> [UInt8]? {
    let received = await stage.batch.receivedBodies.count
    _ = await send(submitCase, to: variant.url)
    return await stage.batch.receivedBodies.dropFirst(received).first
  }

  private func send(_ submitCase: SubmitCase, to url: SubmitURL) async -> [Caller.Response?] {
    let path = submitCase.path(variant.path)
    let url = url.url(jobQueue: path.jobQueue, jobDefinition: path.jobDefinition)
    let body = submitCase.body()
    var responses: [Caller.Response?] = []
    for _ in 0..<submitCase.times {
      responses.append(await variant.caller.post(body, contentType: submitCase.contentType, to: url))
    }
    return responses
  }

  /// Makes Batch behave as a case demands while `body` runs, and restores its behaviour afterwards.
  private func withConditions(
    of submitCase: SubmitCase, _ stage: LocalStage, _ body: @Sendable (SubmitURL) async -> [Caller.Response?]
  ) async throws -> [Caller.Response?] {
    switch submitCase.batch {
    case .normal: return await body(variant.url)
    case .fails(let fault):
      await stage.batch.behave(.init(fault, delay: stage.behaviour.delay))
      let responses = await body(variant.url)
      await stage.batch.behave(stage.behaviour)
      return responses
    case .slow:
      return try await stage.serve(timeLimit: SubmitCase.timeLimit) { url in
        await stage.batch.behave(.init(delay: SubmitCase.slowness))
        let responses = await body(url)
        await stage.batch.behave(stage.behaviour)
        return responses
      }
    case .unreachable:
      let port = try ClosedPort()
      return try await stage.serve(batchURL: "http://127.0.0.1:\(port.number)") { url in
        let responses = await body(url)
        withExtendedLifetime(port) {}
        return responses
      }
    }
  }
}

extension RunningVariant {
  /// The path of a good request.
  fileprivate var path: SubmitPath { SubmitPath(jobQueue: jobQueue, jobDefinition: jobDefinition) }
}
