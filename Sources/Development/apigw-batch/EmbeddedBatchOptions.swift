internal import ArgumentParser
internal import LocalBatch
internal import Workstation

/// The options that add job queues and job definitions to the embedded Batch's samples.
struct EmbeddedBatchOptions: ParsableArguments {
  @Option(
    name: .customLong("queue"),
    help: ArgumentHelp("A job queue to add to sample-queue. Repeat it for more.", valueName: "name"))
  var jobQueues: [String] = []

  @Option(
    name: .customLong("definition"),
    help: ArgumentHelp(
      "A job definition to add to sample-job:1 to :3. A name alone means its revision 1. Repeat it for more.",
      valueName: "name[:rev]"))
  var jobDefinitions: [String] = []

  /// Rejects names that Batch would reject.
  func check() throws {
    if let name = jobQueues.first(where: { !EmbeddedBatch.isJobQueue($0) }) {
      throw UsageError(
        "'\(name)' is not a valid job queue name; use 1 to 128 letters, digits, hyphens and underscores, "
          + "such as --queue reports")
    }
    if let name = jobDefinitions.first(where: { !EmbeddedBatch.isJobDefinition($0) }) {
      throw UsageError(
        "'\(name)' is not a valid job definition; use 1 to 128 letters, digits, hyphens and underscores, "
          + "optionally with a revision, such as --definition resize:7")
    }
  }
}
