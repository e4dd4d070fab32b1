internal import LocalBatch
internal import Platform
internal import SigV4
internal import Workstation

/// Commands of the AWS CLI that show the jobs of a Batch, ready to paste into a shell.
struct JobCommands {
  /// Commands that list each queue's jobs, unless the Batch is AWS's own, whose queues are the user's; and one that
  /// describes a job, with `JOB-ID` for its id.
  let lines: [String]

  /// The environment variables that give a command the demo keys, with a space after them. A session token that the
  /// shell has exported, which belongs to other keys, is not sent with them.
  static let demoVariables: String = {
    let keys = EmbeddedBatch.demoCredentials
    return "AWS_SESSION_TOKEN= AWS_ACCESS_KEY_ID=\(keys.accessKeyID) AWS_SECRET_ACCESS_KEY=\(keys.secretAccessKey) "
  }()

  /// - Parameter jobQueues: the queues whose jobs are listed.
  init(_ account: BatchAccount, jobQueues: [String]) {
    // Keys of the user's own never appear.
    let isDemo = account.credentials.accessKeyID == EmbeddedBatch.demoCredentials.accessKeyID
    let variables = isDemo ? Self.demoVariables : ""
    let place =
      "--region \(account.region)"
      + (account.endpoint.map { " --endpoint-url \($0.redactingUserInfo.shellQuoted)" } ?? "")
    // ListJobs lists only RUNNING jobs by default. With a filter it lists every state.
    let lists = jobQueues.map { queue in
      "\(variables)aws batch list-jobs --job-queue \(queue.shellQuoted) --filters name=AFTER_CREATED_AT,values=0 "
        + place
    }
    lines = (isDemo ? lists : []) + ["\(variables)aws batch describe-jobs --jobs JOB-ID \(place)"]
  }
}
