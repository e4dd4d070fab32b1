package import Batch
package import Platform

/// The operations, queues, definitions and members that callers may use, in addition to what IAM allows.
package struct Policy: Sendable {
  /// The members that a caller may send if `ALLOWED_MEMBERS` is unset: none of them changes which code runs, on what,
  /// or how many times.
  package static let defaultMembers = [
    "jobName", "parameters", "dependsOn", "retryStrategy", "timeout", "tags", "propagateTags",
  ]

  private let operations: [Operation]
  private let jobQueues: [WildcardPattern]?
  private let jobDefinitions: [WildcardPattern]?
  private let members: AllowedMembers

  /// The policy in `ALLOWED_OPERATIONS`, `ALLOWED_JOB_QUEUES`, `ALLOWED_JOB_DEFINITIONS` and `ALLOWED_MEMBERS`:
  /// comma-separated lists.
  ///
  /// `*` in a name matches any run of characters. A definition without `:` matches the name with any revision, one with
  /// `:` matches `name:revision`. An unset list of queues or definitions leaves the decision to IAM.
  /// `ALLOWED_MEMBERS` is a list of SubmitJob's members, `+name` for one that AWS has added since, or `*` for all.
  package init(environment: Environment) throws(EnvironmentError) {
    operations = try Self.operations(environment)
    jobQueues = try Self.patterns("ALLOWED_JOB_QUEUES", environment, mayHaveRevision: false)
    jobDefinitions = try Self.patterns("ALLOWED_JOB_DEFINITIONS", environment, mayHaveRevision: true)
    members = try AllowedMembers(try Self.list(AllowedMembers.variable, environment) ?? Self.defaultMembers)
  }

  /// Throws if an operation is not allowed.
  package func check(_ operation: Operation) throws(PolicyError) {
    if !allows(operation) { throw .operation(operation) }
  }

  /// Throws if nothing may be done with the jobs of a queue.
  package func check(_ jobQueue: JobQueueName) throws(PolicyError) {
    if !allows(jobQueue) { throw .jobQueue("\(jobQueue)") }
  }

  /// Throws if a job is not allowed; the error names what is refused.
  package func check(_ job: SubmitJobRequest) throws(PolicyError) {
    let refused = job.givenMembers.filter { !members.allows($0) }
    // A typo is the caller's mistake, even if the queue or another member is not allowed either.
    if let unknown = refused.first(where: { !SubmitJobMember.isKnown($0) }) { throw .unknownMember(unknown) }
    try check(job.jobQueue)
    if !allows(job.jobDefinition) { throw .jobDefinition("\(job.jobDefinition)") }
    if let excluded = refused.first { throw .member(excluded) }
  }

  /// Whether callers may use an operation.
  package func allows(_ operation: Operation) -> Bool { operations.contains(operation) }

  /// Whether a queue's jobs may be submitted, seen and cancelled.
  package func allows(_ jobQueue: JobQueueName) -> Bool {
    jobQueues?.contains { $0.matches(jobQueue.description) } ?? true
  }

  /// Whether jobs may be made from a definition.
  package func allows(_ definition: JobDefinitionName) -> Bool {
    jobDefinitions?.contains { $0.matches($0.hasRevision ? "\(definition)" : definition.name) } ?? true
  }

  private static func operations(_ environment: Environment) throws(EnvironmentError) -> [Operation] {
    let variable = "ALLOWED_OPERATIONS"
    guard let list = try list(variable, environment) else { return Operation.allCases }
    var operations: [Operation] = []
    for text in list {
      guard let operation = Operation(rawValue: text) else {
        throw EnvironmentError(variable, "\(text.quoted) is not an operation: list submit, read, list or cancel")
      }
      operations.append(operation)
    }
    return operations
  }

  private static func patterns(
    _ variable: String, _ environment: Environment, mayHaveRevision: Bool
  ) throws(EnvironmentError) -> [WildcardPattern]? {
    guard let list = try list(variable, environment) else { return nil }
    var patterns: [WildcardPattern] = []
    for text in list {
      guard let pattern = WildcardPattern(text), mayHaveRevision || !pattern.hasRevision else {
        throw EnvironmentError(
          variable, "\(text.quoted) is not a valid name: list names, with * for any run of characters")
      }
      patterns.append(pattern)
    }
    return patterns
  }

  /// The items of a comma-separated list, without surrounding spaces; nil if the variable is unset. An empty list is an
  /// error, because a list that was meant to allow nothing must not allow everything.
  private static func list(_ variable: String, _ environment: Environment) throws(EnvironmentError) -> [String]? {
    guard !environment.isEmpty(variable) else {
      throw EnvironmentError(variable, "is set but empty: list names in it, or unset it")
    }
    guard let text = environment[variable] else { return nil }
    let items = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { item in
      let start = item.drop { $0 == UInt8(ascii: " ") }
      let end = start.lastIndex { $0 != UInt8(ascii: " ") }.map { start.index(after: $0) } ?? start.startIndex
      return String(Substring(start[..<end]))
    }
    guard !items.contains("") else {
      throw EnvironmentError(variable, "\(text.quoted) has an empty item: put exactly one comma between two names")
    }
    return items
  }
}
