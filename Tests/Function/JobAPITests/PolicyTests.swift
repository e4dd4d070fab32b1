import Batch
import Platform
import JobAPI
import Testing

@Suite("The policy")
struct PolicyTests {
  private static let queueVariable = "ALLOWED_JOB_QUEUES"
  private static let definitionVariable = "ALLOWED_JOB_DEFINITIONS"
  private static let memberVariable = "ALLOWED_MEMBERS"

  struct Case: Sendable {
    var variables: [String: String] = [:]
    var queue = "reports"
    var definition = "render"
    var members = "{}"
    var refusal: PolicyError?
  }

  @Test(
    "allows any queue and definition if nothing is set, because IAM decides"
  )
  func unset() throws {
    try check(Case())
    try check(Case(queue: "-", definition: "_:7"))
  }

  @Test("throws if a list is set but empty, which was not meant to allow everything")
  func empty() {
    for variable in [Self.queueVariable, Self.definitionVariable, Self.memberVariable] {
      let error = #expect(throws: EnvironmentError.self) { try Policy(environment: Environment([variable: ""])) }
      #expect(error?.variable == variable)
      #expect(error?.reason.contains("unset it") == true)
    }
  }

  @Test(
    "allows the queues that it names",
    arguments: [
      ("reports", "reports", true), ("reports", "reports2", false), ("reports", "Reports", false),
      ("a,reports,b", "reports", true), ("a, reports ,b", "reports", true),
      ("a,b", "reports", false), ("rep*", "reports", true), ("rep*", "xrep", false), ("*", "anything", true),
      ("*-prod,*-test", "a-test", true),
      ("*-prod,*-test", "a-dev", false),
    ])
  func queues(list: String, queue: String, isAllowed: Bool) throws {
    try check(
      Case(variables: [Self.queueVariable: list], queue: queue, refusal: isAllowed ? nil : .jobQueue(queue)))
  }

  @Test(
    "allows the definitions that it names: any revision without a colon, name and revision with one",
    arguments: [
      ("render", "render", true), ("render", "render:3", true), ("render", "render2", false),
      ("render", "render2:3", false), ("render:3", "render:3", true),
      ("render:3", "render:30", false), ("render:3", "render:2", false), ("render:3", "render", false),
      ("render:*", "render:3", true), ("render:*", "render", false),
      ("ren*", "render", true), ("ren*", "render:3", true), ("ren*:3", "render:3", true), ("ren*:3", "render:4", false),
      ("*", "x:1", true), ("*:1", "x:1", true),
      ("*:1", "x:11", false), ("*:1", "x", false), ("a,render:3", "render:3", true), ("a,render:3", "a:9", true),
      ("*3", "render:3", false), ("render*", "render:3", true),
    ])
  func definitions(list: String, definition: String, isAllowed: Bool) throws {
    try check(
      Case(
        variables: [Self.definitionVariable: list], definition: definition,
        refusal: isAllowed ? nil : .jobDefinition(definition)))
  }

  @Test("allows by default members that don't change which code runs, on what, or how many times")
  func defaultMembers() throws {
    let allowed = ["jobName", "parameters", "dependsOn", "retryStrategy", "timeout", "tags", "propagateTags"]
    #expect(Policy.defaultMembers == allowed)
    for member in allowed where member != "jobName" {
      try check(Case(members: "{\"\(member)\":null}"))
    }
    try check(Case(members: #"{"jobName":"n"}"#))
  }

  @Test(
    "refuses any other member by default, even when written with escapes",
    arguments: [
      "containerOverrides", "nodeOverrides", "arrayProperties", "shareIdentifier", "schedulingPriorityOverride",
      "eksPropertiesOverride",
      "ecsPropertiesOverride", "consumableResourcePropertiesOverride",
    ])
  func otherMembers(member: String) throws {
    try checkRefused(member, .member(member))
  }

  @Test(
    "refuses as unknown any name that is not a member of SubmitJob, before all other checks",
    arguments: ["newMember", "Parameters", "jobname", "containerOverride", "", "\u{212a}ags"])
  func unknownMembers(member: String) throws {
    try checkRefused(member, .unknownMember(member))
    let variables = [Self.queueVariable: "other", Self.memberVariable: "containerOverrides,+addedLater"]
    try check(Case(variables: variables, members: "{\"\(member)\":1}", refusal: .unknownMember(member)))
  }

  @Test("reports an unknown member before an excluded one, whichever comes first")
  func unknownBeforeExcluded() throws {
    for members in [#"{"xyzzy":1,"containerOverrides":{}}"#, #"{"containerOverrides":{},"xyzzy":1}"#] {
      try check(Case(variables: [:], members: members, refusal: .unknownMember("xyzzy")))
    }
  }

  private func checkRefused(_ member: String, _ refusal: PolicyError) throws {
    try check(Case(members: "{\"tags\":{},\"\(member)\":1}", refusal: refusal))
    try check(Case(members: "{\"\(member)\":null}", refusal: refusal))
    guard let first = member.utf8.first, first < 0x80 else { return }
    let escaped = "\\u00" + String(first, radix: 16) + member.dropFirst()
    try check(Case(members: "{\"\(escaped)\":1}", refusal: refusal))
  }

  @Test(
    "allows the members that it names, or all",
    arguments: [
      ("containerOverrides", #"{"containerOverrides":{}}"#, nil), ("containerOverrides", #"{"tags":{}}"#, "tags"),
      ("containerOverrides", #"{"jobName":"n"}"#, "jobName"),
      (" tags , timeout ", #"{"timeout":{},"tags":{}}"#, nil), ("*", #"{"anything":1,"containerOverrides":{}}"#, nil),
      ("tags,*", #"{"anything":1}"#, nil), ("+addedIn2031", #"{"addedIn2031":{}}"#, nil),
      ("tags, +addedIn2031", #"{"addedIn2031":{},"tags":{}}"#, nil), ("+addedIn2031", #"{"tags":{}}"#, "tags"),
      ("+tags", #"{"tags":{}}"#, nil),
    ] as [(String, String, String?)])
  func namedMembers(list: String, members: String, refused: String?) throws {
    try check(Case(variables: [Self.memberVariable: list], members: members, refusal: refused.map { .member($0) }))
  }

  @Test("checks the queue, then the definition, then the members")
  func order() throws {
    let variables = [Self.queueVariable: "a", Self.definitionVariable: "b"]
    let members = #"{"containerOverrides":{},"nodeOverrides":{}}"#
    try check(Case(variables: variables, members: members, refusal: .jobQueue("reports")))
    try check(Case(variables: variables, queue: "a", members: members, refusal: .jobDefinition("render")))
    try check(
      Case(
        variables: variables, queue: "a", definition: "b:1", members: members, refusal: .member("containerOverrides")))
  }

  /// Lists that are certainly mistakes.
  static let mistakes: [(variable: String, list: String)] = [
    (queueVariable, "a,,b"), (queueVariable, ","), (queueVariable, "a,"), (queueVariable, ",a"), (queueVariable, " "),
    (queueVariable, "a b"), (queueVariable, "a:1"), (queueVariable, "a/b"), (queueVariable, "é"),
    (queueVariable, "a;b"),
    (queueVariable, "a?"), (queueVariable, "\"a\""), (queueVariable, "a\nb"),
    (queueVariable, "arn:aws:batch:us-east-1:1:job-queue/q"), (definitionVariable, "a,,b"), (definitionVariable, "a b"),
    (definitionVariable, "a:1,"), (definitionVariable, "arn:aws:batch:us-east-1:1:job-definition/d:1"),
    (definitionVariable, "a.b"), (definitionVariable, "a:1:2"), (queueVariable, "\u{212a}"),
    (memberVariable, "tags,,timeout"), (memberVariable, "tags;timeout"),
    (memberVariable, "job name"), (memberVariable, "jobQueue"), (memberVariable, "tags,jobDefinition"),
    (memberVariable, "*,jobQueue"), (memberVariable, "\"tags\""), (memberVariable, " "), (memberVariable, "job-name"),
    (memberVariable, "tag*"), (memberVariable, "+jobQueue"), (memberVariable, "+JOBDEFINITION"), (memberVariable, "+"),
    (memberVariable, "+*"), (memberVariable, "++tags"), (memberVariable, "+a b"), (memberVariable, "newMember"),
    (memberVariable, "*,containerOverride"), (memberVariable, "containerOverride,*"), (memberVariable, "jobqueue"),
    (queueVariable, ""), (definitionVariable, ""), (memberVariable, ""), (queueVariable, "a,\u{301}b"),
  ]

  @Test(
    "suggests the closest member for an unknown name, if one is similar",
    arguments: [
      ("containerOverride", "containerOverrides"), ("Tags", "tags"), ("jobname", "jobName"),
      ("tags,timeOut", "timeout"),
      ("container_overrides", "containerOverrides"), ("retry-strategy", "retryStrategy"),
      ("shareId", "shareIdentifier"),
      ("addedIn2031", nil),
    ] as [(String, String?)])
  func suggestion(list: String, member: String?) {
    let error = #expect(throws: EnvironmentError.self) {
      try Policy(environment: Environment([Self.memberVariable: list]))
    }
    if let member {
      #expect(error?.reason.contains("write \(member)") == true, "\(String(describing: error))")
    } else {
      #expect(error?.reason.contains("remove it, or +\(list)") == true)
    }
  }

  @Test(
    "says that the path decides if a name is closest to jobQueue or jobDefinition",
    arguments: ["jobQueues", "jobDefinitions"])
  func closestInPath(list: String) {
    let error = #expect(throws: EnvironmentError.self) {
      try Policy(environment: Environment([Self.memberVariable: list]))
    }
    #expect(error?.reason.contains("the path names job") == true)
  }

  @Test("throws an error that names the variable if a list is certainly a mistake", arguments: mistakes)
  func mistake(variable: String, list: String) {
    let error = #expect(throws: EnvironmentError.self) { try Policy(environment: Environment([variable: list])) }
    #expect(error?.variable == variable)
    #expect(error?.reason.isEmpty == false)
  }

  @Test(
    "throws if a definition's pattern can't match anything",
    arguments: ["render:latest", ":3", "render:", "render:0"])
  func neverMatches(list: String) {
    #expect(throws: EnvironmentError.self) { try Policy(environment: Environment([Self.definitionVariable: list])) }
  }

  @Test(
    "allows the operations that it names, all of them if nothing is set",
    arguments: [
      (nil, "submit read list cancel"), ("read", "read"), ("submit, list", "submit list"), ("cancel,cancel", "cancel"),
    ]
      as [(String?, String)])
  func operations(list: String?, names: String) throws {
    let policy = try Policy(environment: Environment(list.map { ["ALLOWED_OPERATIONS": $0] } ?? [:]))
    for operation in Operation.allCases {
      if names.contains(operation.rawValue) {
        try policy.check(operation)
      } else {
        let error = #expect(throws: PolicyError.operation(operation)) { try policy.check(operation) }
        #expect(error.map { "\($0)".contains("ALLOWED_OPERATIONS") } == true)
      }
    }
  }

  @Test("throws if a list has something that is not an operation", arguments: ["", "delete", "Read", "read,", "*"])
  func badOperations(list: String) {
    let error = #expect(throws: EnvironmentError.self) {
      try Policy(environment: Environment(["ALLOWED_OPERATIONS": list]))
    }
    #expect(error?.variable == "ALLOWED_OPERATIONS")
  }

  @Test("decides about a queue's jobs as it does about submitting to it")
  func queueOfJobs() throws {
    let policy = try Policy(environment: Environment([Self.queueVariable: "a*"]))
    try policy.check(try #require(JobQueueName("ab")))
    #expect(throws: PolicyError.jobQueue("b")) { try policy.check(try #require(JobQueueName("b"))) }
  }

  @Test("has refusals that name what is refused, and the variable that would allow it")
  func words() {
    for (error, name, variable) in [
      (PolicyError.jobQueue("q1"), "\"q1\"", Self.queueVariable),
      (.jobDefinition("d1:2"), "\"d1:2\"", Self.definitionVariable),
      (.member("m1"), "\"m1\"", Self.memberVariable), (.unknownMember("jobname"), "\"jobname\"", "\"jobName\""),
      (.unknownMember("x"), "\"x\"", "Leave it out."),
      (.unknownMember("jobQueues"), "\"jobQueues\"", "path names jobQueue"),
    ] {
      #expect("\(error)".contains(name))
      #expect("\(error)".contains(variable))
    }
  }

  private func check(_ example: Case) throws {
    let policy = try Policy(environment: Environment(example.variables))
    let job = try SubmitJobRequest(
      jobQueue: try #require(JobQueueName(example.queue)),
      jobDefinition: try #require(JobDefinitionName(example.definition)), members: Array(example.members.utf8), id: "1")
    do throws(PolicyError) {
      try policy.check(job)
      #expect(example.refusal == nil, "\(example)")
    } catch {
      #expect(error == example.refusal, "\(example)")
    }
  }
}
