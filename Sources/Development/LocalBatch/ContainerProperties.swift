/// The container of a job definition, or, with a job's overrides merged in, of a job.
///
/// What nothing here looks into is kept as it was registered.
struct ContainerProperties: Codable, Sendable {
  var image: String?
  var vcpus: Int?
  var memory: Int?
  var command: [String]?
  var jobRoleArn: String?
  var executionRoleArn: String?
  var volumes: [JSONValue]? = []
  var environment: [EnvironmentVariable]? = []
  var mountPoints: [JSONValue]? = []
  var readonlyRootFilesystem: Bool?
  var privileged: Bool?
  var ulimits: [JSONValue]? = []
  var user: String?
  var instanceType: String?
  var resourceRequirements: [ResourceRequirement]? = []
  var linuxParameters: JSONValue?
  var logConfiguration: JSONValue?
  var secrets: [JSONValue]?
  var networkConfiguration: JSONValue?
  var fargatePlatformConfiguration: JSONValue?
  var enableExecuteCommand: Bool?
  var ephemeralStorage: JSONValue?
  var runtimePlatform: JSONValue?
  var repositoryCredentials: JSONValue?

  /// The container of every job definition that isn't registered by a request.
  static let sample = ContainerProperties(
    image: "public.ecr.aws/docker/library/busybox:latest", command: ["echo", "hello"],
    resourceRequirements: [
      ResourceRequirement(value: "1", type: .vcpu), ResourceRequirement(value: "512", type: .memory),
    ])

  /// A copy with the lists that Batch returns even if they were left out.
  var withEmptyLists: ContainerProperties {
    var copy = self
    copy.volumes = volumes ?? []
    copy.environment = environment ?? []
    copy.mountPoints = mountPoints ?? []
    copy.ulimits = ulimits ?? []
    copy.resourceRequirements = resourceRequirements ?? []
    return copy
  }

  /// A copy with a job's overrides: environment merged by name, resources by type, everything else replaced as a whole.
  func overridden(by overrides: ContainerOverrides?) -> ContainerProperties {
    guard let overrides else { return self }
    var merged = self
    merged.vcpus = overrides.vcpus ?? vcpus
    merged.memory = overrides.memory ?? memory
    merged.command = overrides.command ?? command
    merged.instanceType = overrides.instanceType ?? instanceType
    merged.environment = (environment ?? []).replacing(by: overrides.environment ?? [], where: \.name)
    merged.resourceRequirements =
      (resourceRequirements ?? []).replacing(by: overrides.resourceRequirements ?? [], where: \.type)
    return merged
  }
}

extension Array {
  /// The elements that share no key with a replacement, followed by the replacements.
  fileprivate func replacing(by replacements: [Element], where key: (Element) -> some Hashable) -> [Element] {
    let replaced = Set(replacements.map(key))
    return filter { !replaced.contains(key($0)) } + replacements
  }
}
