/// The container of a job definition, or, with a job's overrides merged in, of a job as DescribeJobs returns it.
struct ContainerProperties: Encodable {
  var image: String?
  var vcpus: Int?
  var memory: Int?
  var command: [String]?
  var volumes: [String]? = []
  var environment: [EnvironmentVariable]? = []
  var mountPoints: [String]? = []
  var ulimits: [String]? = []
  var instanceType: String?
  var resourceRequirements: [ResourceRequirement]? = []

  /// The container of every job definition here. It never runs, but callers can see the effect of their overrides.
  static let sample = ContainerProperties(
    image: "public.ecr.aws/docker/library/busybox:latest", command: ["echo", "hello"],
    resourceRequirements: [
      ResourceRequirement(value: "1", type: .vcpu), ResourceRequirement(value: "512", type: .memory),
    ])

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
