internal import RawJSON

/// What was seen of one case with one variant.
struct Observation: Hashable, Sendable {
  /// What Batch got and did.
  struct Batch: Hashable, Sendable {
    /// The bodies of the SubmitJob requests that reached it.
    var bodies: [[UInt8]]
    /// How many jobs it created.
    var jobs: Int
  }

  /// The answers to the caller's requests, in their order; nil where there was none.
  var answers: [Caller.Answer?]
  /// Nil where Batch is out of sight.
  var batch: Batch?
  /// The members that reached Batch although nobody meant to let them in; nil where that can't be seen.
  var injected: [String]?
  /// The members of the caller's that no job has as they were given; nil where that can't be seen.
  var ignored: [String]?

  /// How many of the answers claim success.
  var successes: Int { answers.count { $0?.isSuccess == true } }
}

extension ComparisonReport.Behaviour.Body {
  /// The kind of an answer's body.
  init(_ answer: Caller.Answer?) {
    guard let answer else {
      self = .none
      return
    }
    guard let json = try? JSONValue(parsing: answer.body) else {
      self = answer.body.isEmpty ? .empty : .other
      return
    }
    guard let object = try? json.object() else {
      self = .message
      return
    }
    // RFC 9457 asks for no member; the problems of this package's variants have these.
    let isProblem = object["type"]?.kind == .string && object["title"]?.kind == .string
    self = object["jobId"]?.kind == .string ? .job : isProblem ? .problem : .message
  }
}

extension ComparisonReport.Behaviour {
  /// A cell of the matrix. Of several answers it has the last.
  init(_ name: String, variant: String, mustSucceed: Bool, _ observation: Observation) {
    let answer = observation.answers.last ?? nil
    self.init(
      case: name, variant: variant, status: answer?.status, body: Body(answer),
      requests: observation.batch?.bodies.count, jobs: observation.batch?.jobs, injected: observation.injected,
      ignored: observation.successes > 0 ? observation.ignored : observation.ignored.map { _ in [] },
      marks: Mark.allCases.filter { $0.applies(to: observation, mustSucceed: mustSucceed) })
  }
}
