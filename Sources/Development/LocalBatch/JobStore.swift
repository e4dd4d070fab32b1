internal import Foundation
internal import Platform

/// The jobs, job queues and job definitions of one Batch, in memory.
actor JobStore {
  /// The job queues and job definitions.
  var catalog: BatchCatalog
  /// What runs the jobs; nil if nothing does.
  let compute: EmbeddedBatch.Compute?
  /// How long an accepted job is missing from lists.
  let listDelay: Duration
  private let clock: WallClock
  /// The time of what is happening: of a request, or of a change that was due before it.
  var now: Timestamp
  /// The jobs by id.
  var jobs: [String: Job] = [:]
  /// When jobs leave the states that they are in.
  var timetable = Timetable()
  /// The ids of the jobs that depend on a job, by that job's id.
  var dependents: [String: [String]] = [:]
  /// The bodies of the accepted SubmitJob requests, in order of arrival.
  private(set) var submitJobBodies: [[UInt8]] = []
  /// The bodies of all SubmitJob requests, accepted or not, in order of arrival.
  private(set) var receivedBodies: [[UInt8]] = []
  private var behaviours: [EmbeddedBatch.Operations: EmbeddedBatch.Behaviour] = [:]

  init(catalog: BatchCatalog, compute: EmbeddedBatch.Compute?, listDelay: Duration, clock: WallClock) {
    self.catalog = catalog
    self.compute = compute
    self.listDelay = listDelay
    self.clock = clock
    now = clock.now
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

  /// Carries out a request, after everything that was due before it.
  func perform(_ operation: BatchOperation, _ input: BatchOperation.Input) throws -> BatchOperation.Output {
    advance(to: clock.now)
    return try operation.run(self, input)
  }

  /// Submits a job, after everything that was due before it, and returns its id.
  func submit(_ body: [UInt8]) throws(ServiceError) -> String {
    advance(to: clock.now)
    return try submit(SubmitJobInput(json: body), body: body).jobId
  }

  /// A job as it is now; nil if it is unknown.
  func job(_ id: String) -> Job? {
    advance(to: clock.now)
    return jobs[id]
  }

  /// SubmitJob.
  func submit(_ input: SubmitJobInput, body: [UInt8]) throws(ServiceError) -> SubmitJobOutput {
    try SubmitJobInput.checkSize(of: body)
    guard let jobQueue = catalog.jobQueue(input.jobQueue) else { throw .unknownJobQueue(input.jobQueue) }
    guard jobQueue.isEnabled else { throw .disabledJobQueue(jobQueue.name) }
    guard let jobDefinition = catalog.revisions(input.jobDefinition).last(where: \.isActive) else {
      throw .unknownJobDefinition(input.jobDefinition)
    }
    try input.checkLimits()
    var job = Job(
      id: UUID().uuidString.lowercased(), input: jobDefinition.completing(input), jobQueue: jobQueue.name,
      jobDefinition: jobDefinition, createdAt: now, submission: submitJobBodies.count)
    job.tags = input.tags ?? [:]
    // A dependency of type N_TO_N is one between children.
    job.waitsFor = Set((input.dependsOn ?? []).filter { $0.type != .nToN }.compactMap(\.jobId))
    job.unendedChildren = job.arraySize ?? 0
    submitJobBodies.append(body)
    add([job] + (0..<job.unendedChildren).map { child($0, of: job) })
    return SubmitJobOutput(jobArn: catalog.arn(ofJob: job.id), jobId: job.id, jobName: input.jobName)
  }

  /// Starts the lives of new jobs.
  private func add(_ added: [Job]) {
    for var job in added {
      job.waitsFor = job.waitsFor.filter { jobs[$0]?.status != .succeeded }
      jobs[job.id] = job
      for id in job.waitsFor { dependents[id, default: []].append(job.id) }
    }
    for job in added { begin(job.id) }
    // Batch fails a job at once if a job that it depends on has already failed.
    for job in added where job.waitsFor.contains(where: { jobs[$0]?.status == .failed }) {
      end(job.id, .failed, Self.dependencyFailed)
    }
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
      tags: array.tags, waitsFor: Set(waitsFor))
  }
}
