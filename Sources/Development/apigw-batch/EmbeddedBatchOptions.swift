internal import ArgumentParser
internal import LocalBatch

/// The options that name what the embedded Batch knows besides its samples.
struct EmbeddedBatchOptions: ParsableArguments {
  @Option(
    name: .customLong("queue"),
    help: ArgumentHelp("A job queue to know besides sample-queue. Repeat it for more.", valueName: "name"))
  var jobQueues: [String] = []

  @Option(
    name: .customLong("definition"),
    help: ArgumentHelp(
      "A job definition to know besides sample-job:1 to :3. A name alone is its revision 1. Repeat it for more.",
      valueName: "name[:rev]"))
  var jobDefinitions: [String] = []

  func validate() throws {
    if let name = jobQueues.first(where: { !EmbeddedBatch.isJobQueue($0) }) {
      throw ValidationError(
        "'\(name)' can't name a job queue: use 1 to 128 letters, digits, hyphens and underscores, "
          + "such as --queue reports")
    }
    if let name = jobDefinitions.first(where: { !EmbeddedBatch.isJobDefinition($0) }) {
      throw ValidationError(
        "'\(name)' can't name a job definition: use 1 to 128 letters, digits, hyphens and underscores, and a revision "
          + "if you like, such as --definition resize:7")
    }
  }
}
