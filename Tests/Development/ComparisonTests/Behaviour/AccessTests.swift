import Testing

@testable import Comparison

@Suite("What requests about jobs came to")
struct AccessTests {
  private let own = Observation.Job(id: "1-own", name: "mine", status: "RUNNING")
  private let foreign = Observation.Job(id: "2-foreign", name: "theirs", status: "PENDING")
  private let notFound = Caller.Response(
    status: 404, body: Array(#"{"type":"job-not-found","title":"No such job","detail":"2-foreign"}"#.utf8))

  private func response(_ body: String, status: Int = 200) -> Caller.Response {
    Caller.Response(status: status, body: Array(body.utf8))
  }

  private func access(
    _ operation: JobCase.Operation, _ responses: Caller.Response..., own: [Observation.Job] = [],
    foreign: [Observation.Job] = []
  ) -> Observation.Access {
    Observation.Access(operation, own: own, foreign: foreign, responses: responses)
  }

  private func marks(
    _ access: Observation.Access, _ responses: Caller.Response..., jobs: Int = 0, mustSucceed: Bool = false
  ) -> [ComparisonReport.Behaviour.Mark] {
    let observation = Observation(
      responses: responses, batch: .init(bodies: [], jobs: jobs), injected: [], ignored: [], access: access)
    return ComparisonReport.Behaviour.Mark.allCases.filter { $0.applies(to: observation, mustSucceed: mustSucceed) }
  }

  @Test("is a leak if a response shows a job that isn't the caller's, whatever its status")
  func read() {
    let job = response(#"{"jobId":"2-foreign","status":"PENDING"}"#)
    #expect(access(.read, job, foreign: [foreign]) == .init(kept: 1, leaks: true))
    #expect(access(.read, response(#"{"jobs":[{"jobName":"theirs"}]}"#), foreign: [foreign]).leaks)
    #expect(access(.read, response(#"{"message":"theirs is not yours"}"#, status: 403), foreign: [foreign]).leaks)
    #expect(access(.read, notFound, foreign: [foreign]) == .init(kept: 0, leaks: false))
    // The caller knows the id that it asked for.
    #expect(access(.read, response(#"{"jobId":"2-foreign"}"#), foreign: [foreign]) == .init(kept: 0, leaks: false))
    #expect(
      access(.read, response(#"{"jobId":"1-own","status":"RUNNING"}"#), own: [own]) == .init(kept: 1, leaks: false))
  }

  @Test("is a leak if a list has another's job, even just its id")
  func list() {
    let mine = #"{"jobId":"1-own","status":"RUNNING"}"#
    #expect(access(.list, response(#"{"jobs":[\#(mine)]}"#), own: [own], foreign: [foreign]).leaks == false)
    #expect(access(.list, response(#"{"jobs":[\#(mine),"2-foreign"]}"#), own: [own], foreign: [foreign]).leaks)
  }

  @Test("is kept by a list if it has all of the caller's jobs in their states")
  func whole() {
    let other = Observation.Job(id: "3-own", name: "mine, too", status: "FAILED")
    let mine = #"{"jobId":"1-own","status":"RUNNING"}"#
    let body = #"{"jobs":[\#(mine),{"status":"FAILED","jobId":"3-own"}]}"#
    #expect(access(.list, response(body), own: [own, other]).kept == 1)
    #expect(access(.list, response(body.replacing("FAILED", with: "RUNNING")), own: [own, other]).kept == 0)
    #expect(access(.list, response(#"{"jobs":[\#(mine)]}"#), own: [own, other]).kept == 0)
  }

  @Test("is a leak if Batch ended another's job, whatever the response")
  func cancel() {
    var stopped = foreign
    stopped.isStopped = true
    #expect(access(.cancel, notFound, foreign: [stopped]) == .init(kept: 0, leaks: true))
    #expect(access(.cancel, response("{}", status: 202), foreign: [stopped]) == .init(kept: 1, leaks: true))
    #expect(access(.cancel, response("{}", status: 202), foreign: [foreign]) == .init(kept: 0, leaks: false))
    #expect(access(.cancel, notFound, foreign: [foreign]) == .init(kept: 0, leaks: false))
    var ended = own
    ended.isStopped = true
    let twice = response("{}", status: 202)
    #expect(access(.cancel, twice, twice, own: [ended]) == .init(kept: 2, leaks: false))
  }

  @Test("decides the marks")
  func marks() {
    let success = response("{}")
    #expect(marks(.init(kept: 1, leaks: true), success) == [.leaked])
    #expect(marks(.init(kept: 0, leaks: true), notFound) == [.leaked])
    #expect(marks(.init(kept: 0, leaks: false), success) == [.maskedFailure])
    #expect(marks(.init(kept: 1, leaks: false), success, success) == [.maskedFailure])
    #expect(marks(.init(kept: 2, leaks: false), success, success, mustSucceed: true) == [])
    #expect(marks(.init(kept: 0, leaks: false), notFound) == [])
    #expect(marks(.init(kept: 0, leaks: false), notFound, mustSucceed: true) == [.lost])
    #expect(marks(.init(kept: 1, leaks: false), success, notFound, mustSucceed: true) == [.lost])
    // A request about a job submits none.
    #expect(marks(.init(kept: 1, leaks: false), success, jobs: 1) == [.duplicate])
  }
}
