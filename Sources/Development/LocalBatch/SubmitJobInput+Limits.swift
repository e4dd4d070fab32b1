internal import Platform

extension SubmitJobInput {
  /// The largest SubmitJob request, in bytes: 30 KiB.
  ///
  /// This limit and the rules for names are deliberately not shared with the function: the emulator checks it
  /// independently.
  static let maximumSize = 30 * 1024

  /// Rejects a body that exceeds the limit for a job.
  static func checkSize(of body: [UInt8]) throws(ServiceError) {
    guard body.count <= maximumSize else {
      throw .client("Job size must be less than 30 KiB, got \((body.count + 1023) / 1024) KiB")
    }
  }

  /// Rejects values outside the limits in the API reference and in Batch's service quotas.
  func checkLimits() throws(ServiceError) {
    guard jobName.isJobName else { throw .client("Job name should match valid pattern") }
    if let shareIdentifier {
      let name = shareIdentifier.hasSuffix("*") ? shareIdentifier.dropLast() : shareIdentifier[...]
      try require(
        !name.isEmpty && name.utf8.count <= 255 && name.utf8.allSatisfy(\.isAlphanumeric),
        "shareIdentifier must have 1 to 255 alphanumeric characters, optionally followed by *")
    }
    try require(schedulingPriorityOverride, in: 0...9999, "schedulingPriorityOverride")
    try checkArray()
    try require((dependsOn ?? []).count <= 20, "Job cannot have more than 20 dependencies")
    try retryStrategy?.checkLimits()
    try timeout?.checkLimits()
    if let tags { try checkTags(tags) }
    try containerOverrides?.checkLimits()
    try require((ecsPropertiesOverride?.taskProperties ?? []).count <= 1, "ecsPropertiesOverride accepts only one task")
    for node in nodeOverrides?.nodePropertyOverrides ?? [] {
      try node.containerOverrides?.checkLimits()
    }
  }

  private func checkArray() throws(ServiceError) {
    if let arrayProperties {
      try require(arrayProperties.size != nil, "arrayProperties.size is required")
    }
    try require(arrayProperties?.size, in: 2...10_000, "arrayProperties.size")
    for dependency in dependsOn ?? [] {
      let needsArray = dependency.type == .nToN || (dependency.type == .sequential && dependency.jobId == nil)
      try require(
        dependency.jobId != nil || dependency.type == .sequential,
        "dependsOn requires a jobId unless its type is SEQUENTIAL")
      try require(!needsArray || arrayProperties != nil, "This type of dependency is only valid for array jobs")
    }
  }
}

extension RetryStrategy {
  /// Rejects values outside their limits.
  func checkLimits() throws(ServiceError) {
    try require(attempts, in: 1...10, "retryStrategy.attempts")
    guard let conditions = evaluateOnExit else { return }
    try require(attempts != nil, "retryStrategy.evaluateOnExit requires retryStrategy.attempts")
    try require(conditions.count <= 5, "retryStrategy.evaluateOnExit must have at most 5 conditions")
    for condition in conditions {
      try require(
        ["RETRY", "EXIT"].contains(condition.action.uppercased()),
        "retryStrategy.evaluateOnExit.action must be RETRY or EXIT")
      let patterns = [condition.onStatusReason, condition.onReason, condition.onExitCode].compactMap(\.self)
      try require(
        patterns.allSatisfy { $0.count <= 512 },
        "A retryStrategy.evaluateOnExit pattern must have at most 512 characters")
    }
  }
}

extension JobTimeout {
  /// Rejects values outside their limits.
  func checkLimits() throws(ServiceError) {
    try require(attemptDurationSeconds, in: 60...Int.max, "timeout.attemptDurationSeconds")
  }
}

/// Rejects tags outside their limits. No tags at all are accepted, although the model has a minimum of one: Airflow's
/// operator sends them.
func checkTags(_ tags: [String: String]) throws(ServiceError) {
  try require(tags.count <= 50, "tags must have at most 50 entries")
  for (key, value) in tags {
    try require((1...128).contains(key.unicodeScalars.count), "A tag's key must have between 1 and 128 characters")
    try require(!key.lowercased().hasPrefix("aws:"), "A tag's key must not start with aws:")
    try require(value.unicodeScalars.count <= 256, "A tag's value must have at most 256 characters")
  }
}

extension ContainerOverrides {
  fileprivate func checkLimits() throws(ServiceError) {
    try require(!(command ?? []).contains(""), "containerOverrides.command must not contain an empty string")
    for variable in environment ?? [] {
      try require(
        !(variable.name ?? "").hasPrefix("AWS_BATCH"),
        "containerOverrides.environment must not name a variable that starts with AWS_BATCH")
    }
  }
}

private func require(_ holds: Bool, _ message: String) throws(ServiceError) {
  if !holds { throw .client(message) }
}

private func require(_ value: Int?, in range: ClosedRange<Int>, _ member: String) throws(ServiceError) {
  guard let value, !range.contains(value) else { return }
  let (least, most) = (range.lowerBound, range.upperBound)
  let limit = most == .max ? "at least \(least)" : "between \(least) and \(most)"
  throw .client("\(member) must be \(limit), got \(value)")
}
