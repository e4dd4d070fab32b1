import Foundation
import LocalBatch
import Testing

@testable import Comparison

@Suite("The cases about jobs")
struct JobCaseTests {
  private typealias Mark = ComparisonReport.Behaviour.Mark

  @Test("mark a function that keeps jobs neither from other queues nor from other submitters", .timeLimit(.minutes(1)))
  func indiscreet() async throws {
    let result = try await matrix(
      of: Templates.jobFunction, function: Templates.indiscreetFunction, cases: JobCase.all.map(MatrixCase.job))
    #expect(result.incomplete == nil)
    let marks = Dictionary(uniqueKeysWithValues: result.cells.map { ($0.case, $0.marks) })
    #expect(
      marks == [
        "one's own job is read": [], "an unknown job is read": [.maskedFailure],
        "another queue's job is read": [.leaked], "another submitter's job is read": [.leaked],
        // It is the trap of ListJobs, which shows the jobs in one state.
        "jobs in every state are listed": [.maskedFailure],
        "one's own jobs are listed, next to another submitter's": [.leaked],
        "one's own job is cancelled twice": [], "an unknown job is cancelled": [.maskedFailure],
        "another queue's job is cancelled": [.leaked], "another submitter's job is cancelled": [.leaked],
      ])
    #expect(result.cells.allSatisfy { $0.status == 200 && $0.requests == 0 && $0.jobs == 0 })
  }

  @Test("have a job in every state, which stays there")
  func states() async throws {
    let clock = StandingClock()
    let batch = EmbeddedBatch(compute: StatefulJob.compute, clock: clock.wall)
    let start = clock.now
    var states: [String] = []
    for id in await StatefulJob.submitAll(to: batch, EmbeddedBatch.sampleJobQueue, clock) {
      let job = try #require(await batch.job(id))
      #expect(job.status == job.jobName.uppercased())
      states.append(job.status)
    }
    #expect(
      states == ["SUCCEEDED", "FAILED", "PENDING", "RUNNING", "STARTING", "RUNNABLE", "SUBMITTED"])
    #expect(clock.now == start)
  }

  @Test(
    "ask next to the submit route",
    arguments: [
      ("/jobs/{jobQueue}/{jobDefinition}", "/queues"), ("/lambda/jobs/{jobQueue}/{jobDefinition}", "/lambda/queues"),
      ("/a/b/{jobDefinition}/on/{jobQueue}", "/a/b/queues"), ("/{jobQueue}/{jobDefinition}", "/queues"),
    ])
  func paths(route: String, base: String) throws {
    let paths = JobPaths(nextTo: try #require(SubmitURL(pattern: route)))
    #expect(paths.jobs(in: "a b") == "\(base)/a%20b/jobs")
    #expect(paths.job("1:2", in: "q") == "\(base)/q/jobs/1%3A2")
  }

  @Test("have names of their own")
  func names() {
    #expect(Set(MatrixCase.all.map(\.name)).count == MatrixCase.all.count)
  }
}

/// Checks the cells about jobs of the package's own variants.
func expectJobs(_ cells: [ComparisonReport.Behaviour], sourceLocation: SourceLocation = #_sourceLocation) {
  let marks = { (variant: String) in
    cells.filter { $0.variant == variant && !$0.marks.isEmpty }.map { [$0.case] + $0.marks.map(\.rawValue) }
  }
  #expect(cells.count == JobCase.all.count * 4, sourceLocation: sourceLocation)
  #expect(cells.allSatisfy { $0.requests == 0 && $0.jobs == 0 }, sourceLocation: sourceLocation)
  for function in ["lambda-rest", "lambda-http"] {
    #expect(marks(function) == [], sourceLocation: sourceLocation)
    let own = cells.filter { $0.variant == function }
    #expect(own.map(\.status) == [200, 404, 404, 404, 200, 200, 200, 404, 404, 404], sourceLocation: sourceLocation)
    #expect(own.filter { $0.status == 404 }.allSatisfy { $0.body == .problem }, sourceLocation: sourceLocation)
  }
  // Its mapping templates see a job only in Batch's response, which is too late for a DELETE, and compare no submitters.
  #expect(
    marks("direct") == [
      ["another submitter's job is read", "leaked"],
      ["one's own jobs are listed, next to another submitter's", "leaked"],
      ["an unknown job is cancelled", "masked-failure"], ["another queue's job is cancelled", "leaked"],
      ["another submitter's job is cancelled", "leaked"],
    ], sourceLocation: sourceLocation)
  // The article's integration has no routes for jobs.
  #expect(
    marks("direct-minimal") == JobCase.all.filter(\.mustSucceed).map { [$0.name, "lost"] },
    sourceLocation: sourceLocation)
  #expect(
    cells.filter { $0.variant == "direct-minimal" }.allSatisfy { $0.status == 403 && $0.body == .message },
    sourceLocation: sourceLocation)
}
