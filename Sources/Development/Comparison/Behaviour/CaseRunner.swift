internal import LocalBatch

/// Tries cases with one variant, one at a time.
struct CaseRunner: Sendable {
  let variant: RunningVariant
  private var intended: IntendedMembers?

  init(_ variant: RunningVariant) {
    self.variant = variant
  }

  /// Whether a case can be tried: nobody tells the Batch of a deployed stage to misbehave.
  func canTry(_ submitCase: SubmitCase) -> Bool { variant.stage != nil || submitCase.batch == .normal }

  /// Tries a case. The good submit goes first: it shows what the variant itself sends.
  ///
  /// - Throws: what keeps a gateway from being started for the case.
  mutating func run(_ submitCase: SubmitCase) async throws -> ComparisonReport.Behaviour {
    let observation = try await observe(submitCase)
    return ComparisonReport.Behaviour(
      submitCase.name, variant: variant.description.id, mustSucceed: submitCase.mustSucceed, observation)
  }

  private mutating func observe(_ submitCase: SubmitCase) async throws -> Observation {
    guard let stage = variant.stage else {
      return Observation(answers: await send(submitCase, to: variant.url))
    }
    let (received, created) = (await stage.batch.receivedBodies.count, await stage.batch.submitJobBodies.count)
    let runner = self
    let answers = try await withConditions(of: submitCase, stage) { await runner.send(submitCase, to: $0) }
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
      answers: answers, batch: batch, injected: injected,
      ignored: MemberList(callerBody).missing(from: batch.bodies.map { MemberList($0) }))
  }

  /// What reaches Batch first of a case that is in no report.
  private func firstBody(of submitCase: SubmitCase, _ stage: LocalStage) async -> [UInt8]? {
    let received = await stage.batch.receivedBodies.count
    _ = await send(submitCase, to: variant.url)
    return await stage.batch.receivedBodies.dropFirst(received).first
  }

  private func send(_ submitCase: SubmitCase, to url: SubmitURL) async -> [Caller.Answer?] {
    let path = submitCase.path(variant.path)
    let url = url.url(jobQueue: path.jobQueue, jobDefinition: path.jobDefinition)
    let body = submitCase.body()
    var answers: [Caller.Answer?] = []
    for _ in 0..<submitCase.times {
      answers.append(await variant.caller.post(body, contentType: submitCase.contentType, to: url))
    }
    return answers
  }

  /// Makes Batch do what a case says while `body` runs, and as before after it.
  private func withConditions(
    of submitCase: SubmitCase, _ stage: LocalStage, _ body: @Sendable (SubmitURL) async -> [Caller.Answer?]
  ) async throws -> [Caller.Answer?] {
    switch submitCase.batch {
    case .normal: return await body(variant.url)
    case .fails(let fault):
      await stage.batch.behave(.init(fault, delay: stage.behaviour.delay))
      let answers = await body(variant.url)
      await stage.batch.behave(stage.behaviour)
      return answers
    case .slow:
      return try await stage.serve(timeLimit: SubmitCase.timeLimit) { url in
        await stage.batch.behave(.init(delay: SubmitCase.slowness))
        let answers = await body(url)
        await stage.batch.behave(stage.behaviour)
        return answers
      }
    case .unreachable:
      let port = try ClosedPort()
      return try await stage.serve(batchURL: "http://127.0.0.1:\(port.number)") { url in
        let answers = await body(url)
        withExtendedLifetime(port) {}
        return answers
      }
    }
  }
}

extension RunningVariant {
  /// The path of a good request.
  fileprivate var path: SubmitPath { SubmitPath(jobQueue: jobQueue, jobDefinition: jobDefinition) }
}
