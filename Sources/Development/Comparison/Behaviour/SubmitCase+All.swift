internal import LocalBatch
internal import RawJSON

extension SubmitCase {
  /// All cases, in the report's order; the first is the good request that the others are compared with.
  static let all: [SubmitCase] =
    [good, members] + otherMembers + names + values + bodies + misbehaviour + [twice] + keyed

  /// A good request without members.
  static let good = SubmitCase(name: "a good submit", mustSucceed: true)

  /// A good request with a key.
  static let goodKeyed = SubmitCase(name: "a good submit with a key", hasKey: true, mustSucceed: true)

  /// A request like the good one, for another job: it shows which values follow the path. No Batch has the definition.
  static let other = SubmitCase(
    name: "another job", jobQueue: { _ in otherJobQueue }, jobDefinition: { _ in "other-definition" })

  /// Every member that callers may set by the function's default and by the direct route's model.
  private static let members = SubmitCase(
    name: "every member that callers may set",
    body: json(
      #"{"jobName":"every-member","parameters":{"input":"a"},"dependsOn":[],"retryStrategy":{"attempts":2},"#
        + #""timeout":{"attemptDurationSeconds":600},"tags":{"team":"a"},"propagateTags":false}"#),
    mustSucceed: true)

  /// The other members of SubmitJob, one by one, an unknown one, and two whose names differ from SubmitJob's only in
  /// case. Batch would accept each.
  private static let otherMembers = [
    ("jobQueue", #""\#(otherJobQueue)""#), ("jobDefinition", #""sample-job:1""#), ("containerOverrides", overrides),
    ("arrayProperties", #"{"size":2}"#), ("nodeOverrides", #"{"numNodes":2}"#), ("shareIdentifier", #""a""#),
    ("schedulingPriorityOverride", "1"), ("eksPropertiesOverride", #"{"podProperties":{}}"#),
    ("ecsPropertiesOverride", #"{"taskProperties":[]}"#),
    ("consumableResourcePropertiesOverride", #"{"consumableResourceList":[]}"#), ("nonsense", "true"),
    ("jobqueue", #""\#(otherJobQueue)""#), ("Parameters", #"{"input":"a"}"#),
  ].map { name, value in
    SubmitCase(
      name: name == "nonsense" ? "an unknown member" : "\(name) in the body",
      body: json("{\"\(name)\":\(value)}"))
  }

  /// Names in the path, and job names in the body, that are unknown, break out of their string or contain an invalid
  /// character; and ARNs instead of names, which Batch accepts.
  private static let names =
    [
      SubmitCase(name: "an unknown queue", jobQueue: { _ in "no-such-queue" }),
      SubmitCase(name: "an unknown definition", jobDefinition: { _ in "no-such-job" }),
      // ARNs in IAM policies are case-sensitive, and so is the embedded Batch: these are other queues and definitions.
      SubmitCase(name: "the queue's name in another case", jobQueue: \.withCaseSwapped),
      SubmitCase(name: "the definition's name in another case", jobDefinition: \.withCaseSwapped),
      SubmitCase(
        name: "the queue's ARN", jobQueue: { EmbeddedBatch.arn(of: "job-queue/\($0)", in: LocalStage.region) }),
      SubmitCase(
        name: "the definition's ARN",
        jobDefinition: { EmbeddedBatch.arn(of: "job-definition/\($0)", in: LocalStage.region) }),
      SubmitCase(
        name: "a quote in the queue's name",
        jobQueue: { "\($0)\",\"containerOverrides\":\(overrides),\"jobQueue\":\"\($0)" }),
      SubmitCase(
        name: "a quote in the definition's name",
        jobDefinition: { "\($0)\",\"containerOverrides\":\(overrides),\"jobDefinition\":\"\($0)" }),
    ]
    + [("a backslash", "\\"), ("a newline", "\n"), ("non-ASCII text", "ü")].map { what, text in
      SubmitCase(name: "\(what) in the queue's name", jobQueue: { $0 + text })
    }
    + [
      ("a quote", "a\",\"containerOverrides\":\(overrides),\"jobName\":\"b"), ("a backslash", "a\\b"),
      ("a newline", "a\nb"), ("non-ASCII text", "aü"),
    ].map { what, text in
      SubmitCase(name: "\(what) in the job's name", body: json { $0.member("jobName", text) })
    }

  /// Values that need escapes.
  private static let values = [
    ("a quote", "a\"},\"containerOverrides\":\(overrides),\"parameters\":{\"input\":\"b"), ("a backslash", "a\\b"),
    ("a newline", "a\nb"), ("non-ASCII text", "ü 日本 🚀"),
  ].map { what, text in
    SubmitCase(
      name: "\(what) in a value", body: json { $0.member("parameters", [("input", text)]) }, mustSucceed: true)
  }

  /// Bodies that aren't a job's members, and a content type as many clients write it: .NET, OkHttp and axios add the
  /// charset.
  private static let bodies = [
    SubmitCase(name: "not JSON", body: json("{")),
    SubmitCase(name: "an empty body", body: { [] }),
    SubmitCase(
      name: "a content type with a charset", contentType: "application/json; charset=utf-8", mustSucceed: true),
    SubmitCase(
      name: "another content type", contentType: "text/plain",
      body: json(
        #"{"jobName":"mine","jobQueue":"\#(otherJobQueue)","jobDefinition":"sample-job:1","#
          + #""containerOverrides":\#(overrides)}"#)),
    SubmitCase(name: "a body over 30 KiB", body: { large(31 * 1024) }),
    SubmitCase(name: "a body over 10 MB", body: { large(10 * 1024 * 1024 + 1) }),
  ]

  /// Good requests to a Batch that misbehaves.
  private static let misbehaviour = [
    SubmitCase(name: "Batch throttles", batch: .fails(.throttling)),
    SubmitCase(name: "Batch denies access", batch: .fails(.accessDenied)),
    SubmitCase(name: "Batch rejects the signature", batch: .fails(.invalidSignature)),
    SubmitCase(name: "Batch fails with 500", batch: .fails(.internalError)),
    SubmitCase(name: "Batch is slow", batch: .slow),
    SubmitCase(name: "Batch is unreachable", batch: .unreachable),
    SubmitCase(name: "Batch loses its response", batch: .fails(.lostResponse)),
  ]

  /// What a caller without a response does. SubmitJob has no idempotency token, so these are two jobs.
  private static let twice = SubmitCase(name: "the caller sends it twice", times: 2, mustSucceed: true)

  /// The plainest case with a key: a variant that keeps keys makes one job.
  static let twiceWithKey = SubmitCase(name: "sent twice with one key", times: 2, hasKey: true, mustSucceed: true)

  /// What a caller does who sends an `Idempotency-Key` and means one job.
  private static let keyed = [
    twiceWithKey,
    SubmitCase(
      name: "its answer was lost, then sent again", times: 2, hasKey: true, batch: .losesFirstResponse,
      mustSucceed: true),
    SubmitCase(
      name: "the function dies after Batch accepted, then sent again", times: 2, hasKey: true,
      batch: .outlivesFunction, mustSucceed: true),
  ]

  private static let overrides = #"{"command":["anything"]}"#

  private static func json(_ text: String) -> @Sendable () -> [UInt8] { { Array(text.utf8) } }

  /// An object of the members that `write` writes.
  private static func json(_ write: @escaping @Sendable (inout JSONWriter) -> Void) -> @Sendable () -> [UInt8] {
    {
      var writer = JSONWriter()
      write(&writer)
      return writer.bytes
    }
  }

  /// A good body of `size` bytes.
  private static func large(_ size: Int) -> [UInt8] {
    let (start, end) = (Array(#"{"parameters":{"input":""#.utf8), Array(#""}}"#.utf8))
    return start + Array(repeating: UInt8(ascii: "a"), count: size - start.count - end.count) + end
  }
}

extension String {
  /// The text with its upper-case letters in lower case, and the other way round.
  fileprivate var withCaseSwapped: String {
    String(map { Character($0.isLowercase ? $0.uppercased() : $0.lowercased()) })
  }
}
