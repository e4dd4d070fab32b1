internal import Foundation
internal import LocalAPIGateway
internal import LocalBatch

/// Runs one case about jobs that exist.
struct JobCaseRunner: Sendable {
  let variant: RunningVariant
  /// The variant's submit route.
  let route: SubmitURL
  let gateway: LocalGateway.Running
  let batch: EmbeddedBatch
  let clock: StandingClock

  /// What there is before the caller's requests, and what these are.
  private struct Scene {
    let request: LocalGateway.IdentifiedRequest
    /// The jobs that the requests may be about.
    var own: [Observation.Job]
    /// The jobs that they may not.
    var foreign: [Observation.Job]
  }

  /// A submit through the variant that made no job, without which a case can't be run.
  private struct SubmitFailure: Error {
    let response: Caller.Response
  }

  /// Submits the case's jobs, then sends its requests.
  func run(_ jobCase: JobCase) async -> Observation {
    var scene: Scene
    do throws(SubmitFailure) {
      scene = try await prepare(jobCase)
    } catch {
      return Observation(responses: [error.response], access: .init(kept: 0, leaks: false))
    }
    let (received, created) = (await batch.receivedBodies.count, await batch.submitJobBodies.count)
    var responses: [Caller.Response] = []
    for _ in 0..<jobCase.times { responses.append(await respond(to: scene.request)) }
    await note(&scene.own)
    await note(&scene.foreign)
    return Observation(
      responses: responses,
      batch: .init(
        bodies: Array(await batch.receivedBodies.dropFirst(received)),
        jobs: await batch.submitJobBodies.count - created),
      injected: [], ignored: [],
      access: .init(jobCase.operation, own: scene.own, foreign: scene.foreign, responses: responses))
  }

  /// Submits the case's jobs: those of submitters through the variant, which may mark them, and others to Batch itself.
  private func prepare(_ jobCase: JobCase) async throws(SubmitFailure) -> Scene {
    var (own, foreign): ([String], [String]) = ([], [])
    switch jobCase.subject {
    case .own: own = [try await submit(from: JobCase.caller)]
    case .unknown: break
    case .ofOtherQueue:
      let body = StatefulJob.body("job-of-other-queue", SubmitCase.otherJobQueue, variant.jobDefinition)
      foreign = [try? await batch.submit(body)].compactMap(\.self)
    case .ofOtherSubmitter:
      foreign = [try await submit(from: JobCase.otherCaller)]
      if jobCase.operation == .list { own = [try await submit(from: JobCase.caller)] }
    case .inEveryState: own = await StatefulJob.submitAll(to: batch, variant.jobQueue, clock)
    }
    let paths = JobPaths(nextTo: route)
    let id = (own + foreign).first ?? UUID().uuidString.lowercased()
    return Scene(
      request: .init(
        jobCase.operation == .cancel ? "DELETE" : "GET",
        jobCase.operation == .list ? paths.jobs(in: variant.jobQueue) : paths.job(id, in: variant.jobQueue),
        from: JobCase.caller),
      own: await jobs(own), foreign: await jobs(foreign))
  }

  /// Submits a job that is named after its submitter, and returns its id.
  private func submit(from user: IAMUser) async throws(SubmitFailure) -> String {
    let path = route.url(jobQueue: variant.jobQueue, jobDefinition: variant.jobDefinition)
    let response = await respond(
      to: .init("POST", path, body: Array(#"{"jobName":"job-of-\#(user.name)"}"#.utf8), from: user))
    guard response.isSuccess, let id = response.jobID else { throw SubmitFailure(response: response) }
    return id
  }

  private func respond(to request: LocalGateway.IdentifiedRequest) async -> Caller.Response {
    let (status, body) = await gateway.respond(to: request)
    return Caller.Response(status: status, body: body)
  }

  /// The jobs with these ids, as Batch has them.
  private func jobs(_ ids: [String]) async -> [Observation.Job] {
    var jobs: [Observation.Job] = []
    for id in ids {
      guard let job = await batch.job(id) else { continue }
      jobs.append(.init(id: id, name: job.jobName, status: job.status))
    }
    return jobs
  }

  /// Notes which jobs have been ended on request.
  private func note(_ jobs: inout [Observation.Job]) async {
    for index in jobs.indices { jobs[index].isStopped = await batch.job(jobs[index].id)?.isStopped == true }
  }
}
