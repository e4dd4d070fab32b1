/// The operations on the tags of a job, a job queue or a job definition's revision, which they name by its ARN.
extension JobStore {
  /// ListTagsForResource.
  func listTags(_ arn: String) throws(ServiceError) -> ResourceTags {
    ResourceTags(tags: try tags(of: arn))
  }

  /// TagResource: adds tags, and replaces the values of those that exist.
  func tag(_ arn: String, _ input: ResourceTags) throws(ServiceError) -> EmptyOutput {
    let tags = try tags(of: arn)
    guard !input.tags.isEmpty else { throw .client("tags must have between 1 and 50 entries") }
    try checkTags(input.tags)
    let merged = tags.merging(input.tags) { $1 }
    try checkTags(merged)
    try set(merged, of: arn)
    return EmptyOutput()
  }

  /// UntagResource: removes tags by their keys.
  func untag(_ arn: String, _ keys: [String]) throws(ServiceError) -> EmptyOutput {
    var tags = try tags(of: arn)
    guard (1...50).contains(keys.count) else {
      throw .client("tagKeys must have between 1 and 50 entries, got \(keys.count)")
    }
    for key in keys { tags[key] = nil }
    try set(tags, of: arn)
    return EmptyOutput()
  }

  private func tags(of arn: String) throws(ServiceError) -> [String: String] {
    switch try resource(arn) {
    case .job(let job): job.tags
    case .jobQueue(let jobQueue): jobQueue.tags
    case .jobDefinition(let definition): definition.tags
    }
  }

  private func set(_ tags: [String: String], of arn: String) throws(ServiceError) {
    switch try resource(arn) {
    case .job(let job):
      // A child of an array has no tags of its own.
      for id in [job.id] + job.childIDs { jobs[id]?.tags = tags }
    case .jobQueue(var jobQueue):
      jobQueue.tags = tags
      catalog.set(jobQueue)
    case .jobDefinition(var definition):
      definition.tags = tags
      catalog.set(definition)
    }
  }

  private enum Resource {
    case job(Job)
    case jobQueue(JobQueue)
    case jobDefinition(JobDefinition)
  }

  private func resource(_ arn: String) throws(ServiceError) -> Resource {
    guard let (kind, name) = catalog.resource(arn) else {
      throw .client("resourceArn must be the ARN of a job, a job queue or a job definition of this Batch")
    }
    switch kind {
    case "job":
      if let job = jobs[name] {
        guard job.index == nil else { throw .client("resourceArn must not be the ARN of an array job's child") }
        return .job(job)
      }
    case "job-queue":
      if let jobQueue = catalog.jobQueue(name) { return .jobQueue(jobQueue) }
    case "job-definition":
      if let definition = catalog.revisions(name).last, definition.revision.description == name {
        return .jobDefinition(definition)
      }
    default: break
    }
    throw .client("Resource \(arn) not found")
  }
}
