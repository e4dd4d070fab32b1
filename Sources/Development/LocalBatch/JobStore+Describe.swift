extension JobStore {
  /// The largest number of entries in one Describe request, and in one response.
  private static let maximumEntries = 100

  /// DescribeJobs: the jobs in the order requested, without the unknown ones.
  func describeJobs(_ input: DescribeJobsInput) throws(ServiceError) -> DescribeJobsOutput {
    guard input.jobs.count <= Self.maximumEntries else {
      throw .client("Maximum number of jobs supported is \(Self.maximumEntries)")
    }
    return DescribeJobsOutput(
      jobs: input.jobs.compactMap { id in jobs[id].map { JobDetail($0, catalog, statusSummary: summary(of: $0)) } })
  }

  /// DescribeJobQueues: all queues, or those with the requested names or ARNs.
  func describeJobQueues(_ input: DescribeJobQueuesInput) throws(ServiceError) -> DescribeJobQueuesOutput {
    try check(input.jobQueues, input.maxResults)
    let named = input.jobQueues.map { Set($0.compactMap { catalog.jobQueue($0)?.name }) }
    let queues = catalog.jobQueues.filter { named?.contains($0.name) ?? true }
    let page = try Page(queues, after: input.nextToken, size: input.maxResults ?? Self.maximumEntries) { $0.name }
    return DescribeJobQueuesOutput(
      jobQueues: page.entries.map { JobQueueDetail($0, in: catalog) }, nextToken: page.nextToken)
  }

  /// DescribeJobDefinitions: all definitions, those of one name, or those with the requested names or ARNs.
  func describeJobDefinitions(
    _ input: DescribeJobDefinitionsInput
  ) throws(ServiceError) -> DescribeJobDefinitionsOutput {
    try check(input.jobDefinitions, input.maxResults)
    if input.jobDefinitions != nil, input.jobDefinitionName != nil || input.status != nil {
      throw .client("jobDefinitions can't be used with other parameters")
    }
    let named = input.jobDefinitions.map { Set($0.flatMap(catalog.revisions).map(\.revision)) }
    let definitions = catalog.jobDefinitions.filter { definition in
      (named?.contains(definition.revision) ?? true)
        && (input.jobDefinitionName.map { $0 == definition.revision.name } ?? true)
        && (input.status.map { $0 == definition.status } ?? true)
    }
    let page = try Page(definitions, after: input.nextToken, size: input.maxResults ?? Self.maximumEntries) {
      $0.revision
    }
    return DescribeJobDefinitionsOutput(
      jobDefinitions: page.entries.map { JobDefinitionDetail($0, in: catalog) },
      nextToken: page.nextToken)
  }

  /// The number of an array job's children in each state.
  func summary(of job: Job) -> [String: Int] {
    guard job.isArray else { return [:] }
    let none = Dictionary(uniqueKeysWithValues: Job.Status.allCases.map { ($0.rawValue, 0) })
    return job.childIDs.reduce(into: none) { counts, id in
      guard let child = jobs[id] else { return }
      counts[child.status.rawValue, default: 0] += 1
    }
  }

  private func check(_ names: [String]?, _ maxResults: Int?) throws(ServiceError) {
    if let names, names.count > Self.maximumEntries {
      throw .client("At most \(Self.maximumEntries) entries can be described in one request")
    }
    if let maxResults, !(1...Self.maximumEntries).contains(maxResults) {
      throw .client("maxResults must be between 1 and \(Self.maximumEntries), got \(maxResults)")
    }
  }
}
