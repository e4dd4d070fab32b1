internal import Foundation
internal import LocalAPIGateway
internal import LocalBatch
internal import SAMTemplate

/// Runs cases against one variant, one at a time.
struct CaseRunner: Sendable {
  let variant: RunningVariant
  /// What the variant intends to send for requests without a key, and with one.
  private var intended: [Bool: IntendedMembers] = [:]

  init(_ variant: RunningVariant) {
    self.variant = variant
  }

  /// Whether a case can be run: the Batch behind a deployed stage can't be made to misbehave, and only a function can
  /// die.
  func canRun(_ submitCase: SubmitCase) -> Bool {
    switch submitCase.batch {
    case .normal: true
    case .outlivesFunction: variant.stage != nil && variant.description.integration == .lambdaProxy
    default: variant.stage != nil
    }
  }

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
      return Observation(submitCase, responses: await send(submitCase, to: variant.url))
    }
    let (received, created) = (await stage.batch.receivedBodies.count, await stage.batch.submitJobBodies.count)
    let runner = self
    let responses = try await runner.respond(to: submitCase, stage)
    let batch = Observation.Batch(
      bodies: Array(await stage.batch.receivedBodies.dropFirst(received)),
      jobs: await stage.batch.submitJobBodies.count - created)
    let intended = await intendedMembers(submitCase, batch.bodies.first, stage)
    let callerBody = submitCase.body()
    let path = submitCase.path(variant.path)
    var injected: [String] = []
    for body in batch.bodies {
      let members = intended.injected(into: body, by: callerBody, path: path)
      injected += members.filter { !injected.contains($0) }
    }
    return Observation(
      submitCase, responses: responses, batch: batch, injected: injected,
      ignored: MemberList(callerBody).missing(from: batch.bodies.map { MemberList($0) }))
  }

  /// What the variant intends to send, according to good requests for two jobs. A key makes it send more.
  private mutating func intendedMembers(
    _ submitCase: SubmitCase, _ body: [UInt8]?, _ stage: LocalStage
  ) async -> IntendedMembers {
    if let known = intended[submitCase.hasKey] { return known }
    let good = submitCase.hasKey ? await firstBody(of: .goodKeyed, stage) : body
    var other = SubmitCase.other
    other.hasKey = submitCase.hasKey
    let members = IntendedMembers(
      of: .init(path: variant.path, body: good),
      and: .init(path: other.path(variant.path), body: await firstBody(of: other, stage)))
    intended[submitCase.hasKey] = members
    return members
  }

  /// The first body that reaches Batch in a case that isn't part of the report.
  private func firstBody(of submitCase: SubmitCase, _ stage: LocalStage) async -> [UInt8]? {
    let received = await stage.batch.receivedBodies.count
    _ = await post(submitCase, key: UUID().uuidString, to: variant.url)
    return await stage.batch.receivedBodies.dropFirst(received).first
  }

  private func post(_ submitCase: SubmitCase, key: String, to url: SubmitURL) async -> Caller.Response? {
    let path = submitCase.path(variant.path)
    return await variant.caller.post(
      submitCase.body(), contentType: submitCase.contentType, key: submitCase.hasKey ? key : nil,
      to: url.url(jobQueue: path.jobQueue, jobDefinition: path.jobDefinition))
  }

  /// Sends a case's requests, of which the first may already have been sent.
  private func send(
    _ submitCase: SubmitCase, first: Caller.Response?? = nil, key: String = UUID().uuidString, to url: SubmitURL
  ) async -> [Caller.Response?] {
    var responses = first.map { [$0] } ?? []
    while responses.count < submitCase.times {
      responses.append(await post(submitCase, key: key, to: url))
    }
    guard submitCase.hasKey else { return responses }
    let start = ContinuousClock.now
    while let last = responses.last, let pause = pause(after: last), ContinuousClock.now - start < SubmitCase.patience {
      do { try await Task.sleep(for: pause) } catch { break }
      responses.append(await post(submitCase, key: key, to: url))
    }
    return responses
  }

  /// How long a caller with a key waits before it repeats its request; nil if it doesn't.
  private func pause(after response: Caller.Response?) -> Duration? {
    guard let response else { return .seconds(1) }
    guard response.status == 409 || response.status == 429 || response.status >= 500 else { return nil }
    return .seconds(min(max(1, response.retryAfter ?? 1), 5))
  }
}

// MARK: Conditions

extension CaseRunner {
  /// Sends a case's requests while Batch behaves as the case demands, and restores its behaviour afterwards.
  private func respond(to submitCase: SubmitCase, _ stage: LocalStage) async throws -> [Caller.Response?] {
    switch submitCase.batch {
    case .normal: return await send(submitCase, to: variant.url)
    case .fails(let fault):
      return await whileBatch(behaves: .init(fault, delay: stage.behaviour.delay), stage) {
        await send(submitCase, to: variant.url)
      }
    case .slow:
      return try await stage.serve(timeLimit: SubmitCase.timeLimit) { url, _ in
        await whileBatch(behaves: .init(delay: SubmitCase.slowness), stage) { await send(submitCase, to: url) }
      }
    case .unreachable:
      let port = try ClosedPort()
      return try await stage.serve(batchURL: "http://127.0.0.1:\(port.number)") { url, _ in
        let responses = await send(submitCase, to: url)
        withExtendedLifetime(port) {}
        return responses
      }
    case .losesFirstResponse:
      let key = UUID().uuidString
      return try await stage.serve(timeLimit: SubmitCase.timeLimit) { url, _ in
        let first = await whileBatch(behaves: .init(.lostResponse, delay: stage.behaviour.delay), stage) {
          await post(submitCase, key: key, to: url)
        }
        return await send(submitCase, first: .some(first), key: key, to: url)
      }
    case .outlivesFunction:
      let key = UUID().uuidString
      return try await stage.serve(timeLimit: SubmitCase.timeLimit) { url, running in
        let first = await whileBatch(behaves: .init(delay: SubmitCase.slowness), stage) {
          let jobs = await stage.batch.submitJobBodies.count
          async let first = post(submitCase, key: key, to: url)
          // Until Batch has accepted the job, or until nothing can be expected of the request anymore.
          let start = ContinuousClock.now
          while await stage.batch.submitJobBodies.count == jobs, ContinuousClock.now - start < SubmitCase.patience {
            do { try await Task.sleep(for: .milliseconds(5)) } catch { break }
          }
          await running.crashFunctions()
          return await first
        }
        return await send(submitCase, first: .some(first), key: key, to: url)
      }
    }
  }

  private func whileBatch<Value: Sendable>(
    behaves behaviour: EmbeddedBatch.Behaviour, _ stage: LocalStage, _ body: () async -> Value
  ) async -> Value {
    await stage.batch.behave(behaviour)
    let value = await body()
    await stage.batch.behave(stage.behaviour)
    return value
  }
}

extension RunningVariant {
  /// The path of a good request.
  fileprivate var path: SubmitPath { SubmitPath(jobQueue: jobQueue, jobDefinition: jobDefinition) }
}

extension Observation {
  fileprivate init(
    _ submitCase: SubmitCase, responses: [Caller.Response?], batch: Batch? = nil, injected: [String]? = nil,
    ignored: [String]? = nil
  ) {
    self.init(
      responses: responses, hasKey: submitCase.hasKey, batch: batch, injected: injected, ignored: ignored)
  }
}
