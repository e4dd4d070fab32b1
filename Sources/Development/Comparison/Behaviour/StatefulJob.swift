internal import LocalBatch
internal import Platform
internal import Synchronization

/// A job that was submitted so long ago that it is in a certain state.
struct StatefulJob {
  let name: String
  /// How long before the case's requests it was submitted.
  let age: Duration
  var jobDefinition = "\(EmbeddedBatch.sampleJobDefinition):1"
  /// Whether it waits for a job that doesn't exist.
  var waits = false

  /// What runs the jobs: `SUBMITTED`, `RUNNABLE` and `STARTING` take a second each.
  static let compute = EmbeddedBatch.Compute(runFor: .seconds(10), failing: [failing])

  private static let failing = "\(EmbeddedBatch.sampleJobDefinition):2"

  /// A job for each state, the oldest first.
  private static let all = [
    StatefulJob(name: "succeeded", age: .seconds(20)),
    StatefulJob(name: "failed", age: .seconds(20), jobDefinition: failing),
    StatefulJob(name: "pending", age: .seconds(20), waits: true),
    StatefulJob(name: "running", age: .seconds(5)),
    StatefulJob(name: "starting", age: .milliseconds(2500)),
    StatefulJob(name: "runnable", age: .milliseconds(1500)),
    StatefulJob(name: "submitted", age: .zero),
  ]

  /// Submits a job for each state, and returns their ids. When it does, each is in its state.
  static func submitAll(to batch: EmbeddedBatch, _ jobQueue: String, _ clock: StandingClock) async -> [String] {
    let end = clock.now
    var ids: [String] = []
    for job in all {
      clock.set(end - job.age)
      let id = try? await batch.submit(body(job.name, jobQueue, job.jobDefinition, waits: job.waits))
      if let id { ids.append(id) }
    }
    return ids
  }

  /// SubmitJob's body for a job.
  static func body(_ name: String, _ jobQueue: String, _ jobDefinition: String, waits: Bool = false) -> String {
    let dependsOn = waits ? #"{"jobId":"00000000-0000-4000-8000-000000000000"}"# : ""
    return #"{"jobName":"\#(name)","jobQueue":"\#(jobQueue)","jobDefinition":"\#(jobDefinition)","#
      + #""dependsOn":[\#(dependsOn)]}"#
  }
}

/// A clock that stands still, so that jobs keep their states however slow the machine is.
///
/// It shows the time at which it was made, so that signatures of the next minutes are current.
final class StandingClock: Sendable {
  private let time = Mutex(WallClock.system.now)

  /// The time that it shows.
  var now: Timestamp { time.withLock { $0 } }

  /// Sets it.
  func set(_ time: Timestamp) {
    self.time.withLock { $0 = time }
  }

  /// The clock for a Batch, which never sleeps.
  var wall: WallClock {
    WallClock(now: { self.now }, sleep: { _ in })
  }
}
