internal import Foundation
internal import LocalServer
package import SigV4

/// A function's settings in Lambda, and the location of its code on this machine.
package struct FunctionConfiguration: Sendable {
  /// The path of the executable that Lambda calls `bootstrap`. It must `exec` the function, so that the process id
  /// stays the same.
  package var bootstrap: String
  /// The directory with the function's code (`LAMBDA_TASK_ROOT`), which is also its working directory.
  package var taskRoot: String
  /// The function's name.
  package var name: String
  /// The memory setting in MB: reported and passed on, but not enforced.
  package var memorySize = 128
  /// The time limit of an invocation, after which the process is killed.
  package var timeout: Duration = .seconds(10)
  /// The time limit of the init phase; Lambda's is 10 seconds.
  package var initTimeout: Duration = .seconds(10)
  /// The number of invocations that may run at once, each in its own process; 0 throttles every invocation.
  package var maximumConcurrency = 100
  /// How long a process may wait for an event before it is killed.
  package var idleTimeout: Duration = .seconds(300)
  /// The region.
  package var region: String
  /// The keys of the function's role.
  package var credentials: AWSCredentials
  /// The function's own environment variables. They override Lambda's where Lambda allows that.
  package var variables: [String: String]

  /// A function in a directory, with Lambda's defaults.
  package init(
    name: String, bootstrap: String, taskRoot: String, region: String, credentials: AWSCredentials,
    variables: [String: String] = [:]
  ) {
    self.name = name
    self.bootstrap = bootstrap
    self.taskRoot = taskRoot
    self.region = region
    self.credentials = credentials
    self.variables = variables
  }

  /// The function's ARN.
  var arn: String { Account.arn("lambda", "function:\(name)", in: region) }

  /// The complete environment of a process of the function. Nothing is inherited.
  ///
  /// See [Using Lambda environment
  /// variables](https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
  func environment(runtimeAPI: String) -> [String: String] {
    let overridable = [
      "LANG": "en_US.UTF-8",
      "TZ": ":UTC",
      "PATH": "/usr/local/bin:/usr/bin:/bin:/opt/bin",
      "AWS_LAMBDA_LOG_FORMAT": "Text",
      "AWS_LAMBDA_LOG_LEVEL": "INFO",
    ]
    var reserved = [
      "_HANDLER": "bootstrap",
      "AWS_REGION": region,
      "AWS_DEFAULT_REGION": region,
      "AWS_ACCESS_KEY_ID": credentials.accessKeyID,
      "AWS_SECRET_ACCESS_KEY": credentials.secretAccessKey,
      "AWS_LAMBDA_FUNCTION_NAME": name,
      "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
      "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": String(memorySize),
      "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
      "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/\(name)",
      "AWS_LAMBDA_LOG_STREAM_NAME": "[$LATEST]\(UUID().uuidString.lowercased().filter { $0 != "-" })",
      "AWS_LAMBDA_RUNTIME_API": runtimeAPI,
      "LAMBDA_TASK_ROOT": taskRoot,
      "LAMBDA_RUNTIME_DIR": "/var/runtime",
    ]
    reserved["AWS_SESSION_TOKEN"] = credentials.sessionToken
    return overridable.merging(variables) { $1 }.merging(reserved) { $1 }
  }
}
