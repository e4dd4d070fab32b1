internal import Foundation

extension Observation {
  /// What requests about jobs that exist came to.
  struct Access: Hashable, Sendable {
    /// How many of the successes did what they claim: they show the job, list all the caller's jobs, or have ended it.
    var kept: Int
    /// Whether the caller saw or ended a job that isn't the caller's, or isn't in the queue of the path.
    var leaks: Bool
  }

  /// A job of a case.
  struct Job: Hashable, Sendable {
    let id: String
    /// Its name, which a caller learns only by seeing the job.
    let name: String
    /// Its state before the requests.
    let status: String
    /// Whether Batch has ended it on request since then.
    var isStopped = false
  }
}

extension Observation.Access {
  /// Judges by the responses and by what Batch did.
  ///
  /// - Parameters:
  ///   - own: the jobs that the requests may be about.
  ///   - foreign: the jobs that they may not.
  init(
    _ operation: JobCase.Operation, own: [Observation.Job], foreign: [Observation.Job], responses: [Caller.Response]
  ) {
    let kept = responses.filter { response in
      guard response.isSuccess else { return false }
      return switch operation {
      case .read: (own + foreign).contains(where: response.shows)
      case .list: own.allSatisfy { response.states[$0.id] == $0.status }
      case .cancel: (own + foreign).contains(where: \.isStopped)
      }
    }
    self.kept = kept.count
    // Of a list, the caller doesn't know an id beforehand.
    leaks = foreign.contains { job in
      job.isStopped || responses.contains { $0.shows(job) || operation == .list && $0.text.contains(job.id) }
    }
  }
}

extension Caller.Response {
  fileprivate var text: String { String(decoding: body, as: UTF8.self) }

  /// Whether it tells anything of a job beyond its id.
  fileprivate func shows(_ job: Observation.Job) -> Bool { states[job.id] != nil || text.contains(job.name) }

  /// The states of the jobs in it, by id, wherever they are.
  fileprivate var states: [String: String] {
    var states: [String: String] = [:]
    var rest: [Any] = (try? JSONSerialization.jsonObject(with: Data(body))).map { [$0] } ?? []
    while let value = rest.popLast() {
      if let list = value as? [Any] { rest += list }
      guard let object = value as? [String: Any] else { continue }
      rest += object.values
      if let id = object["jobId"] as? String, let status = object["status"] as? String { states[id] = status }
    }
    return states
  }
}
