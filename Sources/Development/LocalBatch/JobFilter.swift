internal import Platform

/// The filter of a ListJobs request.
struct JobFilter {
  /// The attribute to compare.
  let name: Name
  private let values: [String]
  private let jobDefinitions: Set<JobDefinitionRevision>

  enum Name: String {
    case jobName = "JOB_NAME"
    case jobDefinition = "JOB_DEFINITION"
    case beforeCreatedAt = "BEFORE_CREATED_AT"
    case afterCreatedAt = "AFTER_CREATED_AT"
    case shareIdentifier = "SHARE_IDENTIFIER"
  }

  init(_ filter: ListJobsInput.Filter, _ catalog: BatchCatalog) throws(ServiceError) {
    guard let name = filter.name.flatMap(Name.init) else {
      throw .client(
        "A filter's name must be one of JOB_NAME, JOB_DEFINITION, BEFORE_CREATED_AT, AFTER_CREATED_AT "
          + "and SHARE_IDENTIFIER")
    }
    guard let values = filter.values, !values.isEmpty else { throw .client("A filter must have values") }
    if name == .beforeCreatedAt || name == .afterCreatedAt, !values.allSatisfy({ Int($0) != nil }) {
      throw .client("The value of a \(name.rawValue) filter must be a number of milliseconds")
    }
    self.name = name
    self.values = values
    jobDefinitions = Set(values.filter { $0.hasPrefix("arn:") }.flatMap(catalog.revisions).map(\.revision))
  }

  /// Whether a job matches at least one of the filter's values.
  func matches(_ job: Job) -> Bool {
    switch name {
    case .jobName:
      values.contains { Self.pattern($0.lowercased(), matches: job.input.jobName.lowercased()) }
    case .jobDefinition:
      jobDefinitions.contains(job.jobDefinition.revision)
        || values.contains { Self.pattern($0, matches: job.jobDefinition.revision.name) }
    case .beforeCreatedAt: values.compactMap(Int.init).contains { job.createdAt.milliseconds < $0 }
    case .afterCreatedAt: values.compactMap(Int.init).contains { job.createdAt.milliseconds > $0 }
    case .shareIdentifier: job.input.shareIdentifier.map(values.contains) ?? false
    }
  }

  /// Compares exactly, except that a final asterisk matches any suffix.
  private static func pattern(_ pattern: String, matches text: String) -> Bool {
    pattern.hasSuffix("*") ? text.hasPrefix(pattern.dropLast()) : text == pattern
  }
}
