internal import Batch

/// Checks that jobs can use a job definition.
struct JobDefinitionCheck {
  /// The definition as named: with a revision, or without one for the latest active revision.
  let definition: JobDefinitionName
  /// All its revisions.
  let revisions: [BatchInventory.JobDefinition]

  /// The latest active revision, which Batch uses if none is named.
  var latest: BatchInventory.JobDefinition? {
    revisions.filter { $0.status == "ACTIVE" }.max { $0.revision < $1.revision }
  }

  /// The revision that a job would use, active or not.
  var used: BatchInventory.JobDefinition? {
    definition.hasRevision ? revisions.first { "\($0.jobDefinitionName):\($0.revision)" == "\(definition)" } : latest
  }

  func finding(at batch: ExaminedBatch) -> Finding {
    let name = definition.name
    guard !revisions.isEmpty else {
      return .fail(
        "job definition \(name) does not exist in \(batch.region)",
        run: batch.aws(
          "batch describe-job-definitions --status ACTIVE --query 'jobDefinitions[].jobDefinitionName'"))
    }
    guard let latest else {
      return .fail(
        "job definition \(name) has no ACTIVE revision",
        run: batch.aws("batch register-job-definition --cli-input-json file://\(name).json"))
    }
    let look = batch.aws("batch describe-job-definitions --job-definition-name \(name) --status ACTIVE")
    guard let used else {
      return .fail(
        "job definition \(definition) does not exist; the latest ACTIVE revision is \(latest.revision)", run: look)
    }
    guard used.status == "ACTIVE" else {
      return .fail(
        "job definition \(definition) is \(used.status ?? "without a status"); "
          + "the latest ACTIVE revision is \(latest.revision)", run: look)
    }
    let isLatest = used.revision == latest.revision
    return .ok(
      definition.hasRevision
        ? "job definition \(definition): ACTIVE, \(isLatest ? "the latest" : "and \(latest.revision) is the latest")"
        : "job definition \(name): \(latest.revision) is the latest revision that is ACTIVE")
  }
}
