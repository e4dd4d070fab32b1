/// The nodes that a job's overrides speak of.
struct NodeProperties: Encodable {
  let numNodes: Int?
  let mainNode = 0
  let nodeRangeProperties: [NodeRange]

  struct NodeRange: Encodable {
    let targetNodes: String
    let container: ContainerProperties
    let instanceTypes: [String]?
    let ecsProperties: ECSPropertiesDetail?
    let eksProperties: EKSProperties?
    let consumableResourceProperties: ConsumableResourceProperties?
  }

  init(_ overrides: NodeOverrides) {
    numNodes = overrides.numNodes
    nodeRangeProperties = (overrides.nodePropertyOverrides ?? []).map { node in
      NodeRange(
        targetNodes: node.targetNodes,
        container: ContainerProperties.sample.overridden(by: node.containerOverrides),
        instanceTypes: node.instanceTypes, ecsProperties: node.ecsPropertiesOverride.map(ECSPropertiesDetail.init),
        eksProperties: node.eksPropertiesOverride,
        consumableResourceProperties: node.consumableResourcePropertiesOverride)
    }
  }
}

/// The containers of ECS tasks that a job's overrides speak of, with their definition's image.
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
