import Testing

@testable import Comparison

@Suite("A mark")
struct MarkRulesTests {
  private typealias Mark = ComparisonReport.Behaviour.Mark

  private let job = Caller.Answer(status: 200, body: Array(#"{"jobId":"1"}"#.utf8))
  private let message = Caller.Answer(status: 200, body: Array(#"{"message":"no"}"#.utf8))
  private let refusal = Caller.Answer(status: 400, body: Array(#"{"message":"no"}"#.utf8))

  private func marks(
    _ answers: Caller.Answer?..., jobs: Int?, injected: [String]? = [], mustSucceed: Bool = false
  ) -> [Mark] {
    let observation = Observation(
      answers: answers, batch: jobs.map { Observation.Batch(bodies: [], jobs: $0) }, injected: injected)
    return Mark.allCases.filter { $0.applies(to: observation, mustSucceed: mustSucceed) }
  }

  @Test("is a masked failure where a success has no job")
  func masked() {
    #expect(marks(message, jobs: 0) == [.maskedFailure])
    #expect(marks(job, jobs: 0) == [.maskedFailure])
    #expect(marks(job, job, jobs: 1) == [.maskedFailure])
    #expect(marks(refusal, jobs: 0) == [])
    #expect(marks(message, jobs: 1) == [])
    #expect(marks(nil, jobs: 0) == [])
  }

  @Test("is a masked failure where Batch is out of sight and a success names no job")
  func maskedOutOfSight() {
    #expect(marks(message, jobs: nil, injected: nil) == [.maskedFailure])
    #expect(marks(job, jobs: nil, injected: nil) == [])
    #expect(marks(refusal, jobs: nil, injected: nil) == [])
  }

  @Test("is a duplicate where there are more jobs than requests of the caller's")
  func duplicate() {
    #expect(marks(job, jobs: 2, mustSucceed: true) == [.duplicate])
    #expect(marks(nil, jobs: 2) == [.duplicate])
    #expect(marks(refusal, jobs: 2) == [.duplicate])
    #expect(marks(job, job, jobs: 2, mustSucceed: true) == [])
    #expect(marks(job, job, jobs: 3, mustSucceed: true) == [.duplicate])
  }

  @Test("is injected where a member is, whether or not there is a job")
  func injected() {
    #expect(marks(job, jobs: 1, injected: ["containerOverrides"]) == [.injected])
    #expect(marks(refusal, jobs: 0, injected: ["containerOverrides"]) == [.injected])
    #expect(marks(message, jobs: 0, injected: ["x"]) == [.maskedFailure, .injected])
  }

  @Test("is lost where what has to succeed does not")
  func lost() {
    #expect(marks(refusal, jobs: 0, mustSucceed: true) == [.lost])
    #expect(marks(nil, jobs: 0, mustSucceed: true) == [.lost])
    #expect(marks(refusal, jobs: 1, mustSucceed: true) == [.lost])
    #expect(marks(job, refusal, jobs: 1, mustSucceed: true) == [.lost])
    #expect(marks(refusal, jobs: nil, injected: nil, mustSucceed: true) == [.lost])
    #expect(marks(message, jobs: 0, mustSucceed: true) == [.maskedFailure])
    #expect(marks(refusal, jobs: 0, mustSucceed: false) == [])
  }
}
