internal import Foundation
internal import Platform

/// The jobs of one Batch, in memory.
///
/// No compute is emulated: a job stays `RUNNABLE`, or `PENDING` if it depends on other jobs, until it is cancelled or
/// terminated. Then it is `FAILED`, and so is every job that depends on it.
actor JobStore {
  let catalog: BatchCatalog
  /// How long an accepted job is missing from lists.
  let listDelay: Duration
  let clock: WallClock
  private(set) var jobs: [String: Job] = [:]
  /// The bodies of the accepted SubmitJob requests, in order of arrival.
  private(set) var submitJobBodies: [[UInt8]] = []
  /// The bodies of all SubmitJob requests, accepted or not, in order of arrival.
  private(set) var receivedBodies: [[UInt8]] = []
  private var behaviours: [EmbeddedBatch.Operations: EmbeddedBatch.Behaviour] = [:]
  /// The ids of the jobs that depend on a job, by that job's id.
  private var dependents: [String: [String]] = [:]

  init(catalog: BatchCatalog, listDelay: Duration, clock: WallClock) {
    self.catalog = catalog
    self.listDelay = listDelay
    self.clock = clock
  }

  /// Sets how some operations respond to requests from now on.
  func behave(_ behaviour: EmbeddedBatch.Behaviour, for operations: EmbeddedBatch.Operations) {
    behaviours[operations] = behaviour
  }

  /// How some operations are to respond.
  func behaviour(for operations: EmbeddedBatch.Operations) -> EmbeddedBatch.Behaviour {
    behaviours[operations] ?? .normal
  }

  /// Records a SubmitJob request.
  func receive(_ body: [UInt8]) {
    receivedBodies.append(body)
  }

  /// SubmitJob.
  func submit(_ input: SubmitJobInput, body: [UInt8]) throws(ServiceError) -> SubmitJobOutput {
    try SubmitJobInput.checkSize(of: body)
    guard let jobQueue = catalog.jobQueue(input.jobQueue) else { throw .unknownJobQueue(input.jobQueue) }
    guard catalog.isEnabled(jobQueue: jobQueue) else { throw .disabledJobQueue(jobQueue) }
    guard let jobDefinition = catalog.revisions(input.jobDefinition).last(where: catalog.isActive) else {
      throw .unknownJobDefinition(input.jobDefinition)
    }
    try input.checkLimits()
    var job = Job(
      id: UUID().uuidString.lowercased(), input: input, jobQueue: jobQueue, jobDefinition: jobDefinition,
      createdAt: clock.now, submission: submitJobBodies.count)
    job.waitsFor = (input.dependsOn ?? []).compactMap(\.jobId)
    job.unendedChildren = job.arraySize ?? 0
    submitJobBodies.append(body)
    let added = [job] + (0..<(job.arraySize ?? 0)).map { child($0, of: job) }
    for job in added {
      jobs[job.id] = job
      for id in job.waitsFor { dependents[id, default: []].append(job.id) }
    }
    // Batch fails a job at once if a job that it depends on has already failed.
    for job in added where job.waitsFor.contains(where: { jobs[$0]?.ending != nil }) {
      end(job.id, .otherJob, Self.dependencyFailed)
    }
    return SubmitJobOutput(jobArn: catalog.arn(ofJob: job.id), jobId: job.id, jobName: input.jobName)
  }

  /// CancelJob and TerminateJob.
  ///
  /// Both succeed for a job that is unknown or has ended, as in AWS (https://github.com/aws/aws-cli/issues/2551).
  func stop(_ input: StopJobInput, _ cause: Job.Ending.Cause) throws(ServiceError) -> StopJobOutput {
    guard !input.jobId.isEmpty else { throw .client("jobId must not be empty") }
    guard (1...1024).contains(input.reason.count) else {
      throw .client("reason must have between 1 and 1024 characters")
    }
    end(input.jobId, cause, input.reason)
    return StopJobOutput()
  }

  /// A child of an array job. It has its parent's dependencies, of which the typed ones apply between children.
  private func child(_ index: Int, of array: Job) -> Job {
    let waitsFor = (array.input.dependsOn ?? []).compactMap { dependency -> String? in
      switch (dependency.jobId, dependency.type) {
      case (let id?, .nToN): "\(id):\(index)"
      case (let id?, _): id
      case (nil, _): index > 0 ? array.childID(index - 1) : nil
      }
    }
    return Job(
      id: array.childID(index), input: array.input, jobQueue: array.jobQueue,
      jobDefinition: array.jobDefinition, createdAt: array.createdAt, submission: array.submission, index: index,
      waitsFor: waitsFor)
  }

  // Batch's own status reasons for a job that ends because of another job.
  private static let dependencyFailed = "Dependent Job failed"
  private static let childFailed = "Array Child Job failed"

  /// Ends a job and what ends with it: its children, the jobs that depend on it, and an array whose last child it was.
  private func end(_ id: String, _ cause: Job.Ending.Cause, _ reason: String) {
    var ended = [(id: id, cause: cause, reason: reason)]
    while let (id, cause, reason) = ended.popLast() {
      guard let job = jobs[id], job.ending == nil else { continue }
      jobs[id]?.ending = Job.Ending(stoppedAt: clock.now, reason: reason, cause: cause)
      ended += (dependents[id] ?? []).map { ($0, .otherJob, Self.dependencyFailed) }
      ended += (0..<(job.arraySize ?? 0)).map { (job.childID($0), cause, reason) }
      guard let parent = job.parentID else { continue }
      jobs[parent]?.unendedChildren -= 1
      if jobs[parent]?.unendedChildren == 0 { ended.append((parent, .otherJob, Self.childFailed)) }
    }
  }
}
