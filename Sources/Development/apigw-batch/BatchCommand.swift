internal import ArgumentParser
internal import LocalBatch
internal import LocalServer
internal import SigV4
internal import Workstation

/// `apigw-batch batch`: serves the embedded Batch alone, until it is interrupted.
struct BatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Serve an embedded AWS Batch on 127.0.0.1 until Ctrl-C.",
    discussion: """
      Supports SubmitJob, DescribeJobs and ListJobs; CancelJob, TerminateJob and their plurals; RegisterJobDefinition, \
      DeregisterJobDefinition and DescribeJobDefinitions; DescribeJobQueues and UpdateJobQueue; and the operations on \
      tags. They have AWS's shapes, limits and errors, so that the AWS CLI, the SDKs and what is built on them work \
      with it: set AWS_ENDPOINT_URL_BATCH. Everything is kept in memory, and lost on exit.

      Jobs run by the clock alone; no container does. A job goes from SUBMITTED through RUNNABLE, STARTING and RUNNING to \
      SUCCEEDED in a little more than --run-for, or to FAILED with --fail. Dependencies, arrays, retry strategies, \
      timeouts, CancelJob and TerminateJob work as in AWS. Each request has a line on standard error.

      Requests must be signed for us-east-1 with one key pair: the example keys from AWS's documentation. Your own keys \
      are never read. At startup, it prints a command that submits a job, ready to paste.

      EXAMPLES (in a clone, run 'swift run apigw-batch ...')
        Serve it on a free port:
          apigw-batch batch

        Serve it on port 8000, with another queue and another definition:
          apigw-batch batch --port 8000 --queue reports --definition resize:7

        Let jobs run for 2 minutes, and those of sample-job:2 fail:
          apigw-batch batch --run-for 2m --fail sample-job:2

        Keep jobs RUNNABLE until they are cancelled or terminated:
          apigw-batch batch --run-for never

        List the submitted jobs, in another terminal:
          unset AWS_SESSION_TOKEN
          export AWS_ACCESS_KEY_ID=\(EmbeddedBatch.demoCredentials.accessKeyID)
          export AWS_SECRET_ACCESS_KEY=\(EmbeddedBatch.demoCredentials.secretAccessKey)
          aws batch list-jobs --job-queue sample-queue \\
            --filters name=AFTER_CREATED_AT,values=0 \\
            --region us-east-1 --endpoint-url http://127.0.0.1:8000
      """)

  @Option(help: ArgumentHelp("The port to listen on; 0 picks a free one.", valueName: "n"))
  var port = 0

  @OptionGroup var names: EmbeddedBatchOptions

  @Option(
    help: ArgumentHelp(
      "How long a new job is missing from ListJobs, 0 to 60000, as it may be in AWS.", valueName: "ms"))
  var listDelay = 0

  @OptionGroup(title: "How jobs run")
  var compute: ComputeOptions

  @OptionGroup(title: "Who may call it")
  var callers: AdmissionOptions

  func run() async throws {
    try ListeningPort.check(port)
    try names.check()
    try compute.check()
    guard (0...60_000).contains(listDelay) else {
      throw UsageError("--list-delay \(listDelay): the delay is 0 to 60000 ms; use --list-delay 1000")
    }
    try callers.check()
    let interruption = Interruption()
    let batch = EmbeddedBatch(
      jobQueues: names.jobQueues, jobDefinitions: names.jobDefinitions, compute: try compute.compute,
      listDelay: .milliseconds(listDelay))
    var server = LocalServerConfiguration()
    server.admission = callers.admission
    server.refused = { StandardError.write("\($0)") }
    try await batch.serve(port: port, configuration: server, log: { StandardError.write("\($0)") }) { port in
      StandardError.write(greeting(batch, port: port))
      await interruption.wait()
    }
  }

  private func greeting(_ batch: EmbeddedBatch, port: Int) -> String {
    """
    Embedded Batch on http://127.0.0.1:\(port), region us-east-1. Press Ctrl-C to stop.
    Job queues:      \(batch.jobQueues.joined(separator: ", "))
    Job definitions: \(batch.jobDefinitions.joined(separator: ", "))
    \(compute.summary)
    Submit a job from another terminal:

    \(JobCommands.demoVariables)aws batch submit-job --job-name demo --job-queue \(EmbeddedBatch.sampleJobQueue) \
    --job-definition \(EmbeddedBatch.sampleJobDefinition) --region us-east-1 --endpoint-url http://127.0.0.1:\(port)

    """
  }
}
