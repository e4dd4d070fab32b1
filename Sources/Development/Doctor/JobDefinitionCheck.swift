internal import Batch

/// Whether a job can be made of a job definition.
struct JobDefinitionCheck {
  /// The definition as it is named: with a revision, or for the latest that is active.
  let definition: JobDefinitionName
  /// All revisions that there are.
  let revisions: [BatchInventory.JobDefinition]

  /// The latest revision that is active, which Batch takes where none is named.
  var latest: BatchInventory.JobDefinition? {
    revisions.filter { $0.status == "ACTIVE" }.max { $0.revision < $1.revision }
  }

  /// The revision that a job is made of, active or not.
  var used: BatchInventory.JobDefinition? {
    definition.hasRevision ? revisions.first { "\($0.jobDefinitionName):\($0.revision)" == "\(definition)" } : latest
  }

  func finding(at batch: ExaminedBatch) -> Finding {
    let name = definition.name
    guard !revisions.isEmpty else {
      return .fail(
        "job definition \(name): there is none in \(batch.region)",
        run: batch.aws(
          "batch describe-job-definitions --status ACTIVE --query 'jobDefinitions[].jobDefinitionName'"))
    }
    guard let latest else {
      return .fail(
        "job definition \(name): no revision is ACTIVE",
        run: batch.aws("batch register-job-definition --cli-input-json file://\(name).json"))
    }
    let look = batch.aws("batch describe-job-definitions --job-definition-name \(name) --status ACTIVE")
    guard let used else {
      return .fail(
        "job definition \(definition): there is no such revision; \(latest.revision) is the latest", run: look)
    }
    guard used.status == "ACTIVE" else {
      return .fail(
        "job definition \(definition) is \(used.status ?? "of no status"); \(latest.revision) is the latest that is "
          + "ACTIVE", run: look)
    }
    let isLatest = used.revision == latest.revision
    return .ok(
      definition.hasRevision
        ? "job definition \(definition): ACTIVE, \(isLatest ? "the latest" : "and \(latest.revision) is the latest")"
        : "job definition \(name): \(latest.revision) is the latest revision that is ACTIVE")
  }
}
