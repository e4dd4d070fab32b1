internal import LocalAWS

extension SubmitCase {
  /// All cases, in the report's order; the first is the good request that the others are held against.
  static let all: [SubmitCase] =
    [good, members] + otherMembers + names + values + bodies + misbehaviour + [twice]

  /// A good request without members.
  static let good = SubmitCase(name: "a good submit", right: .job)

  /// Every member that a caller may set by the function's default, and by the model of the direct route.
  private static let members = SubmitCase(
    name: "every member that callers may set",
    body: json(
      #"{"jobName":"every-member","parameters":{"input":"a"},"dependsOn":[],"retryStrategy":{"attempts":2},"#
        + #""timeout":{"attemptDurationSeconds":600},"tags":{"team":"a"},"propagateTags":false}"#),
    right: .job)

  /// The other members of SubmitJob, one by one, and one that it doesn't have. Batch would take each.
  private static let otherMembers = [
    ("jobQueue", #""\#(otherJobQueue)""#), ("jobDefinition", #""sample-job:1""#), ("containerOverrides", overrides),
    ("arrayProperties", #"{"size":2}"#), ("nodeOverrides", #"{"numNodes":2}"#), ("shareIdentifier", #""a""#),
    ("schedulingPriorityOverride", "1"), ("eksPropertiesOverride", #"{"podProperties":{}}"#),
    ("ecsPropertiesOverride", #"{"taskProperties":[]}"#),
    ("consumableResourcePropertiesOverride", #"{"consumableResourceList":[]}"#), ("nonsense", "true"),
  ].map { name, value in
    SubmitCase(
      name: name == "nonsense" ? "an unknown member" : "\(name) in the body",
      body: json("{\"\(name)\":\(value)}"), right: .jobOrRefusal)
  }

  /// Names in the path, and the job's in the body, that end their string, or that no name may have in it.
  private static let names =
    [
      SubmitCase(name: "an unknown queue", jobQueue: { _ in "no-such-queue" }, right: .refusal),
      SubmitCase(name: "an unknown definition", jobDefinition: { _ in "no-such-job" }, right: .refusal),
      SubmitCase(
        name: "a quote in the queue's name",
        jobQueue: { "\($0)\",\"containerOverrides\":\(overrides),\"jobQueue\":\"\($0)" }, right: .refusal),
      SubmitCase(
        name: "a quote in the definition's name",
        jobDefinition: { "\($0)\",\"containerOverrides\":\(overrides),\"jobDefinition\":\"\($0)" }, right: .refusal),
    ]
    + [("a backslash", "\\"), ("a newline", "\n"), ("non-ASCII text", "ü")].map { what, text in
      SubmitCase(name: "\(what) in the queue's name", jobQueue: { $0 + text }, right: .refusal)
    }
    + [
      ("a quote", "a\",\"containerOverrides\":\(overrides),\"jobName\":\"b"), ("a backslash", "a\\b"),
      ("a newline", "a\nb"), ("non-ASCII text", "aü"),
    ].map { what, text in
      SubmitCase(
        name: "\(what) in the job's name", body: { Array(#"{"jobName":\#(text.json)}"#.utf8) }, right: .jobOrRefusal)
    }

  /// Values that need escapes.
  private static let values = [
    ("a quote", "a\"},\"containerOverrides\":\(overrides),\"parameters\":{\"input\":\"b"), ("a backslash", "a\\b"),
    ("a newline", "a\nb"), ("non-ASCII text", "ü 日本 🚀"),
  ].map { what, text in
    SubmitCase(
      name: "\(what) in a value", body: { Array(#"{"parameters":{"input":\#(text.json)}}"#.utf8) }, right: .job)
  }

  /// Bodies that are no job's members.
  private static let bodies = [
    SubmitCase(name: "not JSON", body: json("{"), right: .jobOrRefusal),
    SubmitCase(name: "an empty body", body: { [] }, right: .jobOrRefusal),
    SubmitCase(
      name: "another content type", contentType: "text/plain",
      body: json(
        #"{"jobName":"mine","jobQueue":"\#(otherJobQueue)","jobDefinition":"sample-job:1","#
          + #""containerOverrides":\#(overrides)}"#),
      right: .refusal),
    SubmitCase(name: "a body over 30 KiB", body: { large(31 * 1024) }, right: .jobOrRefusal),
    SubmitCase(name: "a body over 10 MB", body: { large(10 * 1024 * 1024 + 1) }, right: .refusal),
  ]

  /// Good requests, and a Batch that isn't.
  private static let misbehaviour = [
    SubmitCase(name: "Batch throttles", batch: .fails(.throttling), right: .refusal),
    SubmitCase(name: "Batch denies access", batch: .fails(.accessDenied), right: .refusal),
    SubmitCase(name: "Batch refuses the signature", batch: .fails(.invalidSignature), right: .refusal),
    SubmitCase(name: "Batch fails with 500", batch: .fails(.internalError), right: .refusal),
    SubmitCase(name: "Batch is slow", batch: .slow, right: .failure),
    SubmitCase(name: "Batch is unreachable", batch: .unreachable, right: .refusal),
    SubmitCase(name: "Batch loses its answer", batch: .fails(.lostAnswer), right: .failure),
  ]

  /// What a client does that has got no answer: SubmitJob has no idempotency token, so these are two jobs.
  private static let twice = SubmitCase(name: "the client sends it twice", times: 2, right: .job)

  private static let overrides = #"{"command":["anything"]}"#

  private static func json(_ text: String) -> @Sendable () -> [UInt8] { { Array(text.utf8) } }

  /// A good body of so many bytes.
  private static func large(_ size: Int) -> [UInt8] {
    let (start, end) = (Array(#"{"parameters":{"input":""#.utf8), Array(#""}}"#.utf8))
    return start + Array(repeating: UInt8(ascii: "a"), count: size - start.count - end.count) + end
  }
}

extension String {
  /// The text as JSON.
  fileprivate var json: String {
    let escaped = unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
