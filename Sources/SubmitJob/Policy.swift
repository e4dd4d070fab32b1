public import Batch
public import Platform

/// What the function may submit, beside what IAM allows it: queues, definitions and members.
public struct Policy: Sendable {
  /// The members a caller may give when `ALLOWED_MEMBERS` is unset: none of them changes which code runs, on what, or
  /// how many times over.
  public static let defaultMembers = [
    "jobName", "parameters", "dependsOn", "retryStrategy", "timeout", "tags", "propagateTags",
  ]

  private let jobQueues: [WildcardPattern]?
  private let jobDefinitions: [WildcardPattern]?
  /// Nil allows every member, those that AWS adds later as well.
  private let members: [String]?

  /// The policy in `ALLOWED_JOB_QUEUES`, `ALLOWED_JOB_DEFINITIONS` and `ALLOWED_MEMBERS`: comma-separated lists.
  ///
  /// `*` in a name matches any run of characters. A definition without `:` matches the name whatever the revision, one
  /// with `:` matches `name:revision`. An unset list of queues or definitions leaves the decision to IAM.
  /// `ALLOWED_MEMBERS` is a list of names, or `*` for all.
  public init(environment: Environment) throws(EnvironmentError) {
    jobQueues = try Self.patterns("ALLOWED_JOB_QUEUES", environment, mayHaveRevision: false)
    jobDefinitions = try Self.patterns("ALLOWED_JOB_DEFINITIONS", environment, mayHaveRevision: true)
    let members = try Self.list("ALLOWED_MEMBERS", environment) ?? Self.defaultMembers
    for member in members where member != "*" {
      guard member.utf8.allSatisfy(\.isAlphanumeric) else {
        throw EnvironmentError(
          "ALLOWED_MEMBERS", "\(member.quoted) is no member of SubmitJob: list names such as parameters, or *")
      }
      guard member != "jobQueue" && member != "jobDefinition" else {
        throw EnvironmentError("ALLOWED_MEMBERS", "\(member) can't be allowed, as the path decides it: remove it")
      }
    }
    self.members = members.contains("*") ? nil : members
  }

  /// Refuses a job that is not allowed; the error names what is refused.
  public func check(_ job: SubmitJobRequest) throws(PolicyError) {
    if !allows(job.jobQueue) { throw .jobQueue("\(job.jobQueue)") }
    if !allows(job.jobDefinition) { throw .jobDefinition("\(job.jobDefinition)") }
    // Code unit by code unit: to a String, the Kelvin sign is a K.
    let isAllowed = { (name: String) in members?.contains { $0.utf8.elementsEqual(name.utf8) } ?? true }
    if let refused = job.givenMembers.first(where: { !isAllowed($0) }) {
      throw .member(refused)
    }
  }

  /// Whether a job may go to a queue.
  public func allows(_ jobQueue: JobQueueName) -> Bool {
    jobQueues?.contains { $0.matches(jobQueue.description) } ?? true
  }

  /// Whether a job may be made of a definition.
  public func allows(_ definition: JobDefinitionName) -> Bool {
    jobDefinitions?.contains { $0.matches($0.hasRevision ? "\(definition)" : definition.name) } ?? true
  }

  private static func patterns(
    _ variable: String, _ environment: Environment, mayHaveRevision: Bool
  ) throws(EnvironmentError) -> [WildcardPattern]? {
    guard let list = try list(variable, environment) else { return nil }
    var patterns: [WildcardPattern] = []
    for text in list {
      guard let pattern = WildcardPattern(text), mayHaveRevision || !pattern.hasRevision else {
        throw EnvironmentError(variable, "\(text.quoted) is no name: list names, with * for any run of characters")
      }
      patterns.append(pattern)
    }
    return patterns
  }

  /// The items of a comma-separated list, without the spaces around them.
  private static func list(_ variable: String, _ environment: Environment) throws(EnvironmentError) -> [String]? {
    guard let text = environment[variable] else { return nil }
    let items = text.split(separator: ",", omittingEmptySubsequences: false).map { item in
      let start = item.drop { $0 == " " }
      let end = start.lastIndex { $0 != " " }.map { start.index(after: $0) } ?? start.startIndex
      return String(start[..<end])
    }
    guard !items.contains("") else {
      throw EnvironmentError(variable, "\(text.quoted) has an empty item: write names with one comma between two")
    }
    return items
  }
}
