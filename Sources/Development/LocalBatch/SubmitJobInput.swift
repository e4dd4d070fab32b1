/// The body of SubmitJob: every member of the model `batch-2016-08-10`, under its original name.
///
/// Decoding ignores members that aren't in the model, as Batch does, and fails for a member of the wrong type.
/// See [SubmitJob](https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html).
struct SubmitJobInput: Codable, Sendable {
  var jobName: String
  var jobQueue: String
  var jobDefinition: String
  var shareIdentifier: String?
  var schedulingPriorityOverride: Int?
  var arrayProperties: ArrayProperties?
  var dependsOn: [JobDependency]?
  var parameters: [String: String]?
  var containerOverrides: ContainerOverrides?
  var nodeOverrides: NodeOverrides?
  var retryStrategy: RetryStrategy?
  var propagateTags: Bool?
  var timeout: JobTimeout?
  var tags: [String: String]?
  var eksPropertiesOverride: EKSProperties?
  var ecsPropertiesOverride: ECSProperties?
  var consumableResourcePropertiesOverride: ConsumableResourceProperties?
}

/// The number of children of an array job. Its presence makes a job an array job.
struct ArrayProperties: Codable, Sendable {
  var size: Int?
}

/// A job that must succeed before this one can run.
struct JobDependency: Codable, Sendable {
  var jobId: String?
  var type: Kind?

  enum Kind: String, Codable {
    case nToN = "N_TO_N"
    case sequential = "SEQUENTIAL"
  }
}

/// The number of attempts, and which exits are final.
struct RetryStrategy: Codable, Sendable {
  var attempts: Int?
  var evaluateOnExit: [EvaluateOnExit]?

  struct EvaluateOnExit: Codable, Sendable {
    var onStatusReason: String?
    var onReason: String?
    var onExitCode: String?
    /// `RETRY` or `EXIT`, in upper or lower case.
    var action: String
  }
}

/// How long an attempt may run.
struct JobTimeout: Codable, Sendable {
  var attemptDurationSeconds: Int?
}

/// A job's changes to its definition's container.
struct ContainerOverrides: Codable, Sendable {
  var vcpus: Int?
  var memory: Int?
  var command: [String]?
  var instanceType: String?
  var environment: [EnvironmentVariable]?
  var resourceRequirements: [ResourceRequirement]?
}

/// An environment variable of a container.
struct EnvironmentVariable: Codable, Sendable {
  var name: String?
  var value: String?
}

/// A container's required GPUs, memory in MiB, or vCPUs.
struct ResourceRequirement: Codable, Sendable {
  var value: String
  var type: Kind

  enum Kind: String, Codable {
    case gpu = "GPU"
    case memory = "MEMORY"
    case vcpu = "VCPU"
  }
}

/// A multi-node job's changes to its definition's nodes.
struct NodeOverrides: Codable, Sendable {
  var numNodes: Int?
  var nodePropertyOverrides: [NodePropertyOverride]?

  struct NodePropertyOverride: Codable, Sendable {
    var targetNodes: String
    var containerOverrides: ContainerOverrides?
    var ecsPropertiesOverride: ECSProperties?
    var instanceTypes: [String]?
    var eksPropertiesOverride: EKSProperties?
    var consumableResourcePropertiesOverride: ConsumableResourceProperties?
  }
}

/// A job's changes to its definition's ECS task.
struct ECSProperties: Codable, Sendable {
  var taskProperties: [Task]?

  struct Task: Codable, Sendable {
    var containers: [Container]?
  }

  struct Container: Codable, Sendable {
    var command: [String]?
    var environment: [EnvironmentVariable]?
    var name: String?
    var resourceRequirements: [ResourceRequirement]?
  }
}

/// A job's changes to its definition's pod.
struct EKSProperties: Codable, Sendable {
  var podProperties: Pod?

  struct Pod: Codable, Sendable {
    var containers: [Container]?
    var initContainers: [Container]?
    var metadata: Metadata?
  }

  struct Container: Codable, Sendable {
    var name: String?
    var image: String?
    var command: [String]?
    var args: [String]?
    var env: [Variable]?
    var resources: Resources?
  }

  struct Variable: Codable, Sendable {
    var name: String
    var value: String?
  }

  struct Resources: Codable, Sendable {
    var limits: [String: String]?
    var requests: [String: String]?
  }

  struct Metadata: Codable, Sendable {
    var labels: [String: String]?
    var annotations: [String: String]?
    var namespace: String?
  }
}

/// The consumable resources that a job uses.
struct ConsumableResourceProperties: Codable, Sendable {
  var consumableResourceList: [Requirement]?

  struct Requirement: Codable, Sendable {
    var consumableResource: String?
    var quantity: Int?
  }
}
