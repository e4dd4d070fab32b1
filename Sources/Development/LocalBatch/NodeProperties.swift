/// The nodes that a job's overrides name.
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
