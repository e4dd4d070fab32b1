/// The operations that change job queues and job definitions.
extension JobStore {
  /// RegisterJobDefinition: the next revision of a job definition, for a container.
  func register(_ input: RegisterJobDefinitionInput) throws(ServiceError) -> RegisterJobDefinitionOutput {
    let name = input.jobDefinitionName
    guard name.isResourceName else { throw .client("jobDefinitionName should match valid pattern") }
    for (member, value) in [
      ("nodeProperties", input.nodeProperties), ("eksProperties", input.eksProperties),
      ("ecsProperties", input.ecsProperties), ("consumableResourceProperties", input.consumableResourceProperties),
    ] where value != nil {
      throw .client("\(member) is not emulated; register a job definition with containerProperties")
    }
    guard input.type == .container, let container = input.containerProperties else {
      throw .client("Only the type container, with containerProperties, is emulated")
    }
    try container.check()
    try input.retryStrategy?.checkLimits()
    try input.timeout?.checkLimits()
    if let tags = input.tags { try checkTags(tags) }
    let last = catalog.jobDefinitions.last { $0.revision.name == name }?.revision.revision ?? 0
    let definition = JobDefinition(
      revision: JobDefinitionRevision(name: name, revision: last + 1), container: container.withEmptyLists,
      parameters: input.parameters ?? [:], retryStrategy: input.retryStrategy, timeout: input.timeout,
      propagateTags: input.propagateTags, schedulingPriority: input.schedulingPriority,
      platformCapabilities: input.platformCapabilities ?? ["EC2"], tags: input.tags ?? [:])
    catalog.set(definition)
    return RegisterJobDefinitionOutput(
      jobDefinitionName: name, jobDefinitionArn: catalog.arn(of: definition.revision), revision: last + 1)
  }

  /// DeregisterJobDefinition: makes one revision `INACTIVE`. Its jobs go on.
  func deregister(_ input: DeregisterJobDefinitionInput) throws(ServiceError) -> EmptyOutput {
    let reference = input.jobDefinition
    guard var definition = catalog.revisions(reference).last else { throw .unknownJobDefinition(reference) }
    guard reference.hasSuffix(definition.revision.description) else {
      throw .client("jobDefinition must have a revision, such as \(definition.revision)")
    }
    definition.isActive = false
    catalog.set(definition)
    return EmptyOutput()
  }

  /// UpdateJobQueue: the queue's state and priority. Its jobs go on, whatever its state.
  func update(_ input: UpdateJobQueueInput) throws(ServiceError) -> UpdateJobQueueOutput {
    guard var jobQueue = catalog.jobQueue(input.jobQueue) else { throw .unknownJobQueue(input.jobQueue) }
    for (member, value) in [
      ("schedulingPolicyArn", input.schedulingPolicyArn), ("computeEnvironmentOrder", input.computeEnvironmentOrder),
      ("serviceEnvironmentOrder", input.serviceEnvironmentOrder),
      ("jobStateTimeLimitActions", input.jobStateTimeLimitActions),
    ] where value != nil {
      throw .client("\(member) is not emulated; only state and priority can be changed")
    }
    if let priority = input.priority, !(0...1_000_000).contains(priority) {
      throw .client("priority must be between 0 and 1000000, got \(priority)")
    }
    if let state = input.state { jobQueue.isEnabled = state == .enabled }
    jobQueue.priority = input.priority ?? jobQueue.priority
    catalog.set(jobQueue)
    return UpdateJobQueueOutput(jobQueueName: jobQueue.name, jobQueueArn: catalog.arn(ofJobQueue: jobQueue.name))
  }
}

extension ContainerProperties {
  /// Rejects a container that Batch couldn't run.
  fileprivate func check() throws(ServiceError) {
    guard image?.isEmpty == false else { throw .client("containerProperties.image is required") }
    for (type, value) in [(ResourceRequirement.Kind.vcpu, vcpus), (.memory, memory)]
    where value == nil && !(resourceRequirements ?? []).contains(where: { $0.type == type }) {
      throw .client("containerProperties.resourceRequirements must have a \(type.rawValue) entry")
    }
  }
}
