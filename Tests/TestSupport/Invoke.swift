/// Runs the function as a process on these events, one after the other, and returns a record of the run.
///
/// The environment is Lambda's, with AWS Batch at `batch`; `environment` adds variables, and nil removes one. The
/// function is killed once it asks for more events than there are, unless it has exited by itself.
package func invoke(
  _ events: RuntimeAPI.Event..., environment: [String: String?] = [:], batch: ScriptedServer? = nil
) async throws -> FunctionRun {
  try await invoke(events, environment: environment, batch: batch)
}

/// The same for a list of events.
package func invoke(
  _ events: [RuntimeAPI.Event], environment: [String: String?] = [:], batch: ScriptedServer? = nil
) async throws -> FunctionRun {
  let batch = try batch ?? .answering(.submitted)
  let api = try RuntimeAPI(events)
  var variables: [String: String] = [
    "AWS_LAMBDA_RUNTIME_API": api.authority,
    "AWS_LAMBDA_FUNCTION_NAME": "submit-job", "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128", "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
    "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/submit-job", "AWS_LAMBDA_LOG_STREAM_NAME": "2026/11/23/[$LATEST]0",
    "AWS_LAMBDA_LOG_FORMAT": "JSON", "_HANDLER": "bootstrap", "LAMBDA_TASK_ROOT": "/var/task",
    "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": DemoKeys.accessKeyID, "AWS_SECRET_ACCESS_KEY": DemoKeys.secretAccessKey,
    "AWS_ENDPOINT_URL_BATCH": batch.url, "PATH": "/usr/bin:/bin", "TZ": ":UTC", "LANG": "en_US.UTF-8",
  ]
  for (name, value) in environment { variables[name] = value }
  return try await offPool { [variables] in
    let start = unixMilliseconds()
    let process = try FunctionProcess.start(environment: variables, ended: { api.functionEnded() })
    let finished = api.waitUntilIdle(seconds: 40)
    // Not nil only if the function exited by itself and thereby ended the wait.
    let status = process.exitStatus
    process.kill()
    guard process.waitForExit(seconds: 10) != nil, finished else {
      throw TestFailure("the function is stuck. It wrote: \(process.standardOutput)\(process.standardError)")
    }
    return FunctionRun(
      posts: api.posts, polls: api.polls, initDuration: api.requests.first.map { $0.receivedAt - start }, batch: batch,
      exitStatus: status,
      standardOutput: process.standardOutput, standardError: process.standardError)
  }
}

/// The key pair in AWS's documentation, which gives no access to anything.
package enum DemoKeys {
  /// The access key id.
  package static let accessKeyID = "AKIAIOSFODNN7EXAMPLE"
  /// The secret access key.
  package static let secretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
}
