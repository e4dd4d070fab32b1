internal import RawJSON

/// What was observed when one case ran against one variant.
struct Observation: Hashable, Sendable {
  /// What Batch received and did.
  struct Batch: Hashable, Sendable {
    /// The bodies of the SubmitJob requests that reached it.
    var bodies: [[UInt8]]
    /// How many jobs it created.
    var jobs: Int
  }

  /// The responses to the caller's requests, in order; nil for a request without one.
  var responses: [Caller.Response?]
  /// Whether all the requests have the same `Idempotency-Key`.
  var hasKey = false
  /// Nil where Batch can't be observed.
  var batch: Batch?
  /// The unintended members that reached Batch; nil where that can't be observed.
  var injected: [String]?
  /// The caller's members that no job has with the value given; nil where that can't be observed.
  var ignored: [String]?
  /// What requests about jobs that exist came to; nil for a submit.
  var access: Access?

  /// How many jobs the caller meant: one for each submit, or a single one for a key.
  var intendedJobs: Int { access != nil ? 0 : hasKey ? 1 : responses.count }

  /// How many successes the caller needs.
  var intendedSuccesses: Int { hasKey ? 1 : responses.count }

  /// Whether every request was refused, and may have been because of its key.
  var refusesKey: Bool { hasKey && responses.allSatisfy { $0?.status == 400 } }

  /// How many of the responses are a 2xx.
  var successes: Int { responses.count { $0?.isSuccess == true } }

  /// How many jobs the successes name.
  var namedJobs: Int { Set(responses.compactMap { $0?.isSuccess == true ? $0?.jobID : nil }).count }
}

extension Caller.Response {
  /// The id of the job that it names.
  var jobID: String? { try? JSONValue(parsing: body).object()["jobId"]?.string() }
}

extension ComparisonReport.Behaviour.Body {
  /// The kind of a response's body.
  init(_ response: Caller.Response?) {
    guard let response else {
      self = .none
      return
    }
    guard let json = try? JSONValue(parsing: response.body) else {
      self = response.body.isEmpty ? .empty : .other
      return
    }
    guard let object = try? json.object() else {
      self = .message
      return
    }
    // RFC 9457 requires no member, but this package's variants always send these two.
    let isProblem = object["type"]?.kind == .string && object["title"]?.kind == .string
    self =
      object["jobId"]?.kind == .string
      ? .job : object["jobs"]?.kind == .array ? .jobs : isProblem ? .problem : .message
  }
}

extension ComparisonReport.Behaviour {
  /// A cell of the matrix, with the last of several responses.
  init(_ name: String, variant: String, mustSucceed: Bool, _ observation: Observation) {
    let response = observation.responses.last ?? nil
    self.init(
      case: name, variant: variant, status: response?.status, body: Body(response),
      requests: observation.batch?.bodies.count, jobs: observation.batch?.jobs, injected: observation.injected,
      ignored: observation.successes > 0 ? observation.ignored : observation.ignored.map { _ in [] },
      marks: Mark.allCases.filter { $0.applies(to: observation, mustSucceed: mustSucceed) })
  }
}
