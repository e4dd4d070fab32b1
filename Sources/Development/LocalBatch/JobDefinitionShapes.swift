// The inputs and outputs of the operations on job definitions.

/// DescribeJobDefinitions's input: names or ARNs, or one name, or a status; all definitions if all are absent.
struct DescribeJobDefinitionsInput: Decodable {
  let jobDefinitions: [String]?
  let jobDefinitionName: String?
  let status: String?
  let maxResults: Int?
  let nextToken: String?
}

/// DescribeJobDefinitions's output: one page.
struct DescribeJobDefinitionsOutput: Encodable {
  let jobDefinitions: [JobDefinitionDetail]
  let nextToken: String?
}

/// A revision of a job definition as DescribeJobDefinitions returns it.
struct JobDefinitionDetail: Encodable {
  let jobDefinitionName: String
  let jobDefinitionArn: String
  let revision: Int
  let status: String
  let type = "container"
  let schedulingPriority: Int?
  let parameters: [String: String]
  let retryStrategy: RetryStrategy?
  let containerProperties: ContainerProperties
  let timeout: JobTimeout?
  let tags: [String: String]
  let propagateTags: Bool?
  let platformCapabilities: [String]

  init(_ definition: JobDefinition, in catalog: BatchCatalog) {
    jobDefinitionName = definition.revision.name
    jobDefinitionArn = catalog.arn(of: definition.revision)
    revision = definition.revision.revision
    status = definition.status
    schedulingPriority = definition.schedulingPriority
    parameters = definition.parameters
    retryStrategy = definition.retryStrategy
    containerProperties = definition.container
    timeout = definition.timeout
    tags = definition.tags
    propagateTags = definition.propagateTags
    platformCapabilities = definition.platformCapabilities
  }
}

/// RegisterJobDefinition's input. The members without a type of their own aren't emulated.
struct RegisterJobDefinitionInput: Decodable {
  let jobDefinitionName: String
  let type: Kind
  let parameters: [String: String]?
  let schedulingPriority: Int?
  let containerProperties: ContainerProperties?
  let retryStrategy: RetryStrategy?
  let propagateTags: Bool?
  let timeout: JobTimeout?
  let tags: [String: String]?
  let platformCapabilities: [String]?
  let nodeProperties: JSONValue?
  let eksProperties: JSONValue?
  let ecsProperties: JSONValue?
  let consumableResourceProperties: JSONValue?

  enum Kind: String, Decodable {
    case container
    case multinode
  }
}

/// RegisterJobDefinition's output.
struct RegisterJobDefinitionOutput: Encodable {
  let jobDefinitionName: String
  let jobDefinitionArn: String
  let revision: Int
}

/// DeregisterJobDefinition's input: `name:revision` or an ARN.
struct DeregisterJobDefinitionInput: Decodable {
  let jobDefinition: String
}
