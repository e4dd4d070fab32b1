internal import Foundation
internal import LocalLambda
internal import LocalTable
internal import Platform
internal import Workstation

/// The function's settings in Lambda, within Lambda's limits.
struct FunctionSettings {
  let timeout: Duration
  let memorySize: Int

  /// A function, with its role's account and what it takes from the environment.
  func configuration(
    _ function: InvokedFunction, account: BatchAccount, _ environment: Platform.Environment
  ) -> FunctionConfiguration {
    var variables = Self.settings(environment)
      .merging(Self.files(environment)) { $1 }
    variables["IDEMPOTENCY_TABLE"] = Self.keyTables(environment).first
    var configuration = FunctionConfiguration(
      name: Self.functionName, bootstrap: function.bootstrap, taskRoot: function.taskRoot, region: account.region,
      credentials: account.credentials, variables: variables.merging(account.variables) { $1 })
    configuration.timeout = timeout
    configuration.memorySize = memorySize
    return configuration
  }

  /// The variables that name the user's files, made absolute because the function's working directory differs.
  static func files(_ environment: Platform.Environment) -> [String: String] {
    environment.variables(["AWS_CA_BUNDLE", "APIGW_BATCH_FUNCTION"])
      .mapValues { URL(fileURLWithPath: $0).path }
  }

  /// The name of the function, and of the stack: the value of `AWS::StackName` in the template.
  static let functionName = "apigw-batch"

  /// The variables that `SubmitJobFunction` and its `bootstrap` read.
  private static let names = [
    "ALLOWED_OPERATIONS", "ALLOWED_JOB_QUEUES", "ALLOWED_JOB_DEFINITIONS", "ALLOWED_MEMBERS", "SUBMITTER_TAG",
    "JOBS_SEEN_BY", "CORS_ALLOW_ORIGIN", "AWS_MAX_ATTEMPTS", "IDEMPOTENCY_KEY", "IDEMPOTENCY_EXPIRES_AFTER",
    "IDEMPOTENCY_SETTLES_AFTER", "AWS_CA_BUNDLE", "AWS_LAMBDA_LOG_FORMAT", "AWS_LAMBDA_LOG_LEVEL",
    "APIGW_BATCH_FUNCTION",
  ]

  /// The function's table of idempotency keys: `IDEMPOTENCY_TABLE` if it is set, where empty means no table, or else the
  /// embedded one.
  static func keyTables(_ environment: Platform.Environment) -> [String] {
    if environment.isEmpty("IDEMPOTENCY_TABLE") { return [] }
    return [environment["IDEMPOTENCY_TABLE"] ?? EmbeddedTable.defaultName]
  }

  /// The function's settings in an environment. An empty list is passed on, because the function rejects it.
  static func settings(_ environment: Platform.Environment) -> [String: String] {
    let lists = ["ALLOWED_OPERATIONS", "ALLOWED_JOB_QUEUES", "ALLOWED_JOB_DEFINITIONS", "ALLOWED_MEMBERS"]
    return lists.filter(environment.isEmpty).reduce(into: environment.variables(names)) { $0[$1] = "" }
  }
}
