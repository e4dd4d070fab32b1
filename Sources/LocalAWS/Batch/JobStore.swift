internal import Foundation
internal import Platform

/// The jobs of one Batch, in memory.
///
/// There is no compute: a job stays `RUNNABLE`, or `PENDING` when it waits for other jobs, until it is cancelled or
/// terminated. It is `FAILED` then, and so is every job that waits for it.
actor JobStore {
  let catalog: BatchCatalog
  private let clock: WallClock
  private(set) var jobs: [String: Job] = [:]
  /// The bodies of the accepted SubmitJob requests, in their order.
  private(set) var submitJobBodies: [[UInt8]] = []
  /// The ids of the jobs that wait for a job, by its id.
  private var dependents: [String: [String]] = [:]

  init(catalog: BatchCatalog, clock: WallClock) {
    self.catalog = catalog
    self.clock = clock
  }

  /// SubmitJob.
  func submit(_ request: SubmitJobRequest, body: [UInt8]) throws(BatchError) -> SubmitJobResponse {
    try SubmitJobRequest.checkSize(of: body)
    guard let jobQueue = catalog.jobQueue(request.jobQueue) else { throw .unknownJobQueue(request.jobQueue) }
    guard let jobDefinition = catalog.revisions(request.jobDefinition).last else {
      throw .unknownJobDefinition(request.jobDefinition)
    }
    try request.checkLimits()
    var job = Job(
      id: UUID().uuidString.lowercased(), request: request, jobQueue: jobQueue, jobDefinition: jobDefinition,
      createdAt: clock.now, submission: submitJobBodies.count)
    job.waitsFor = (request.dependsOn ?? []).compactMap(\.jobId)
    submitJobBodies.append(body)
    add(job)
    for index in 0..<(job.arraySize ?? 0) { add(child(index, of: job)) }
    // Batch fails a job at once when one that it waits for has failed already.
    if job.waitsFor.contains(where: { jobs[$0]?.ending != nil }) { end(job.id, .dependency, Self.dependentReason) }
    return SubmitJobResponse(jobArn: catalog.arn(ofJob: job.id), jobId: job.id, jobName: request.jobName)
  }

  /// CancelJob and TerminateJob.
  ///
  /// Batch answers both with success for a job that it doesn't know, and for one that has ended
  /// (https://github.com/aws/aws-cli/issues/2551).
  func stop(_ request: StopJobRequest, _ cause: Job.Ending.Cause) throws(BatchError) -> StopJobResponse {
    guard !request.jobId.isEmpty else { throw .client("jobId must not be empty") }
    guard (1...1024).contains(request.reason.count) else {
      throw .client("reason must have between 1 and 1024 characters")
    }
    end(request.jobId, cause, request.reason)
    return StopJobResponse()
  }

  private func add(_ job: Job) {
    jobs[job.id] = job
    for id in job.waitsFor { dependents[id, default: []].append(job.id) }
  }

  /// A child waits for what its parent waits for; the typed dependencies are between children.
  private func child(_ index: Int, of array: Job) -> Job {
    let waitsFor = (array.request.dependsOn ?? []).compactMap { dependency -> String? in
      switch (dependency.jobId, dependency.type) {
      case (let id?, .nToN): "\(id):\(index)"
      case (let id?, _): id
      case (nil, _): index > 0 ? array.childID(index - 1) : nil
      }
    }
    return Job(
      id: array.childID(index), request: array.request, jobQueue: array.jobQueue,
      jobDefinition: array.jobDefinition, createdAt: array.createdAt, submission: array.submission, index: index,
      waitsFor: waitsFor)
  }

  private static let dependentReason = "Dependent Job failed"

  /// Ends a job with its children and, for another reason, the jobs that wait for them.
  private func end(_ id: String, _ cause: Job.Ending.Cause, _ reason: String) {
    var ended = [(id: id, cause: cause, reason: reason)]
    while let (id, cause, reason) = ended.popLast() {
      guard let job = jobs[id], job.ending == nil else { continue }
      jobs[id]?.ending = Job.Ending(stoppedAt: clock.now, reason: reason, cause: cause)
      ended += (0..<(job.arraySize ?? 0)).map { (job.childID($0), cause, reason) }
      ended += (dependents[id] ?? []).map { ($0, .dependency, Self.dependentReason) }
      if job.index != nil, let parent = id.split(separator: ":").first.map(String.init), allChildrenEnded(parent) {
        ended.append((parent, cause, reason))
      }
    }
  }

  private func allChildrenEnded(_ parent: String) -> Bool {
    guard let parent = jobs[parent], parent.ending == nil else { return false }
    return (0..<(parent.arraySize ?? 0)).allSatisfy { jobs[parent.childID($0)]?.ending != nil }
  }
}
