internal import ArgumentParser

/// The command's root: it only names its subcommands.
@main
struct APIGWBatch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apigw-batch",
    abstract: "Turn API Gateway events into AWS Batch jobs, on your own machine.",
    discussion: """
      The function behind the API is a Lambda custom runtime: an event in, one SubmitJob call out, a proxy response \
      back. This command runs it, and what stands around it in the cloud, on loopback alone: no AWS account, no \
      Docker, nothing to set up.

      EXIT STATUS
        0   Success.
        1   It failed; a subcommand's own help says more about its failures.
        64  The command line is wrong.
      """,
    version: "0.1.0",
    subcommands: [Invoke.self, BatchCommand.self])
}
