/// The ECS task containers that a job's overrides name, with their definition's image.
struct ECSPropertiesDetail: Encodable {
  let taskProperties: [Task]

  struct Task: Encodable {
    let containers: [Container]
  }

  struct Container: Encodable {
    let image = ContainerProperties.sample.image
    let name: String?
    let command: [String]?
    let environment: [EnvironmentVariable]?
    let resourceRequirements: [ResourceRequirement]?
  }

  init(_ overrides: ECSProperties) {
    taskProperties = (overrides.taskProperties ?? []).map { task in
      let containers = (task.containers ?? []).map {
        Container(
          name: $0.name, command: $0.command, environment: $0.environment,
          resourceRequirements: $0.resourceRequirements)
      }
      return Task(containers: containers)
    }
  }
}
