import Testing

@testable import Comparison

@Suite("A mark")
struct MarkRulesTests {
  private typealias Mark = ComparisonReport.Behaviour.Mark

  private let job = Caller.Response(status: 200, body: Array(#"{"jobId":"1"}"#.utf8))
  private let message = Caller.Response(status: 200, body: Array(#"{"message":"no"}"#.utf8))
  private let rejection = Caller.Response(status: 400, body: Array(#"{"message":"no"}"#.utf8))

  private func marks(
    _ responses: Caller.Response?..., jobs: Int?, injected: [String]? = [], ignored: [String]? = [],
    mustSucceed: Bool = false, hasKey: Bool = false
  ) -> [Mark] {
    let observation = Observation(
      responses: responses, hasKey: hasKey, batch: jobs.map { Observation.Batch(bodies: [], jobs: $0) },
      injected: injected, ignored: ignored)
    return Mark.allCases.filter { $0.applies(to: observation, mustSucceed: mustSucceed) }
  }

  @Test("is a masked failure if a success has no job")
  func masked() {
    #expect(marks(message, jobs: 0) == [.maskedFailure])
    #expect(marks(job, jobs: 0) == [.maskedFailure])
    #expect(marks(job, job, jobs: 1) == [.maskedFailure])
    #expect(marks(rejection, jobs: 0) == [])
    #expect(marks(message, jobs: 1) == [])
    #expect(marks(nil, jobs: 0) == [])
  }

  @Test("is a masked failure if Batch can't be observed and a success names no job")
  func maskedOutOfSight() {
    #expect(marks(message, jobs: nil, injected: nil) == [.maskedFailure])
    #expect(marks(job, jobs: nil, injected: nil) == [])
    #expect(marks(rejection, jobs: nil, injected: nil) == [])
  }

  @Test("is a duplicate if there are more jobs than requests from the caller")
  func duplicate() {
    #expect(marks(job, jobs: 2, mustSucceed: true) == [.duplicate])
    #expect(marks(nil, jobs: 2) == [.duplicate])
    #expect(marks(rejection, jobs: 2) == [.duplicate])
    #expect(marks(job, job, jobs: 2, mustSucceed: true) == [])
    #expect(marks(job, job, jobs: 3, mustSucceed: true) == [.duplicate])
  }

  @Test("is a duplicate if requests with one key created two jobs")
  func duplicateDespiteKey() {
    let other = Caller.Response(status: 200, body: Array(#"{"jobId":"2"}"#.utf8))
    #expect(marks(job, job, jobs: 1, mustSucceed: true, hasKey: true) == [])
    #expect(marks(nil, rejection, job, jobs: 1, mustSucceed: true, hasKey: true) == [])
    #expect(marks(job, other, jobs: 2, mustSucceed: true, hasKey: true) == [.duplicate])
    #expect(marks(nil, job, jobs: 2, mustSucceed: true, hasKey: true) == [.duplicate])
    #expect(marks(job, job, jobs: 0, mustSucceed: true, hasKey: true) == [.maskedFailure])
    #expect(marks(nil, rejection, jobs: 1, mustSucceed: true, hasKey: true) == [.lost])
    #expect(marks(job, job, jobs: nil, injected: nil, mustSucceed: true, hasKey: true) == [])
    #expect(marks(job, other, jobs: nil, injected: nil, mustSucceed: true, hasKey: true) == [.duplicate])
  }

  @Test("is injected if a member was, whether or not there is a job")
  func injected() {
    #expect(marks(job, jobs: 1, injected: ["containerOverrides"]) == [.injected])
    #expect(marks(rejection, jobs: 0, injected: ["containerOverrides"]) == [.injected])
    #expect(marks(message, jobs: 0, injected: ["x"]) == [.maskedFailure, .injected])
  }

  @Test("is ignored if a member of the caller's was dropped behind a success")
  func ignored() {
    #expect(marks(job, jobs: 1, ignored: ["tags"]) == [.ignored])
    #expect(marks(job, jobs: 1, ignored: ["tags"], mustSucceed: true) == [.ignored])
    #expect(marks(message, jobs: 0, ignored: ["tags"]) == [.maskedFailure, .ignored])
    #expect(marks(rejection, jobs: 0, ignored: ["tags"]) == [])
    #expect(marks(nil, jobs: 1, ignored: ["tags"]) == [])
    #expect(marks(job, jobs: nil, injected: nil, ignored: nil) == [])
  }

  @Test("is lost if a request that must succeed doesn't")
  func lost() {
    #expect(marks(rejection, jobs: 0, mustSucceed: true) == [.lost])
    #expect(marks(nil, jobs: 0, mustSucceed: true) == [.lost])
    #expect(marks(rejection, jobs: 1, mustSucceed: true) == [.lost])
    #expect(marks(job, rejection, jobs: 1, mustSucceed: true) == [.lost])
    #expect(marks(rejection, jobs: nil, injected: nil, mustSucceed: true) == [.lost])
    #expect(marks(message, jobs: 0, mustSucceed: true) == [.maskedFailure])
    #expect(marks(rejection, jobs: 0, mustSucceed: false) == [])
  }

  @Test("is not lost if a key is refused from the first request on, which is right for a variant that can't keep it")
  func refusedKey() {
    let forbidden = Caller.Response(status: 403, body: Array(#"{"message":"no"}"#.utf8))
    #expect(marks(rejection, rejection, jobs: 0, mustSucceed: true, hasKey: true) == [])
    #expect(marks(rejection, rejection, jobs: nil, injected: nil, mustSucceed: true, hasKey: true) == [])
    #expect(marks(forbidden, forbidden, jobs: 0, mustSucceed: true, hasKey: true) == [.lost])
    #expect(marks(nil, rejection, jobs: 0, mustSucceed: true, hasKey: true) == [.lost])
  }
}
