internal import Foundation
internal import LocalLambda
package import LocalServer
internal import Platform
package import SAMTemplate
package import SigV4

/// Emulates the APIs and functions that a SAM template deploys, on a loopback port.
///
/// REST and HTTP APIs share the port, and paths have no stage. A host name selects a single API, or a function's URL: see
/// `RouteTable`. IAM authorization and API keys are not enforced.
package struct LocalGateway: Sendable {
  /// A route, for display.
  package struct RouteSummary: Sendable {
    /// The method and the path, or `$default`, as in `POST /jobs/{jobQueue}`.
    package let key: String
    /// The method; nil for ANY, and for `$default`.
    package let method: String?
    /// The path with its parameters in braces; nil for `$default`.
    package let path: String?
    /// The kind of its API.
    package let api: APIKind
    /// The integration's type.
    package let integration: IntegrationKind
    /// The function, or the service and its path; nil for other integrations.
    package let target: String?
    /// The authorization that the deployed API requires; nil for none.
    package let authorization: Authorization?
  }

  /// The address of one API among those that share the port.
  package struct APIAddress: Sendable {
    /// The host name, without the port.
    package let host: String
    /// The API's kind.
    package let kind: APIKind
    /// The API's logical id.
    package let logicalID: String
  }

  /// A kind of authorization.
  package enum Authorization: String, Sendable {
    case iam = "IAM"
    case apiKey = "API key"
  }

  /// The parts of the template that aren't emulated, or can't be: one line each.
  package let warnings: [String]
  /// The routes, in the template's order.
  package let routes: [RouteSummary]
  /// The addresses of its REST and HTTP APIs, if there are several.
  package let addresses: [APIAddress]

  private let apis: [API]
  /// The job queues and job definitions of the template.
  package let batch: BatchDefinition
  /// The DynamoDB tables, by name or ARN, in which the template's functions keep idempotency keys.
  package let keyTables: [String]

  /// The functions by their logical ids.
  private let functions: [String: FunctionConfiguration]
  private let services: ServiceClient
  private let limits: ConnectionLimits

  /// The gateway of a template file.
  ///
  /// - Parameters:
  ///   - stackName: the value of `AWS::StackName`.
  ///   - parameters: values that override the defaults of the template's parameters.
  ///   - region: the region for the template.
  ///   - credentials: the credentials with which functions and `aws` integrations sign.
  ///   - variables: environment variables that override those of the template's functions. `aws` integrations also use
  ///     them to find Batch.
  ///   - timeLimit: the limit for functions and for calls to AWS services, where the template allows more.
  ///   - limits: how many clients are served at once, and how long it waits for them.
  /// - Throws: `TemplateFileError`, which names file, line and place.
  package init(
    templateAt path: String, stackName: String, parameters: [String: String] = [:], region: String,
    credentials: AWSCredentials, variables: [String: String], timeLimit: Duration? = nil,
    limits: ConnectionLimits = ConnectionLimits()
  ) throws {
    let settings = StackSettings(
      parameters: parameters, defaults: Self.parameterDefaults, region: region, accountID: Account.id,
      stackName: stackName)
    let deployment = try Deployment(templateAt: path, settings)
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
    apis = try deployment.apis.map { try API(timeLimit.map($0.limited(to:)) ?? $0) }
    routes = deployment.apis.flatMap { api in api.routes.map { RouteSummary($0, of: api.kind) } }
    let sharing = deployment.apis.filter { $0.kind != .functionURL }
    addresses =
      sharing.count < 2
      ? [] : sharing.map { APIAddress(host: RouteTable.host(of: $0), kind: $0.kind, logicalID: $0.logicalID) }
    batch = deployment.batch
    keyTables = deployment.keyTables
    functions = deployment.functions.mapValues { definition in
      var function = FunctionConfiguration(definition, in: directory, region: region, credentials: credentials)
      function.variables.merge(variables) { $1 }
      if let timeLimit { function.timeout = min(function.timeout, timeLimit) }
      return function
    }
    warnings =
      deployment.warnings
      + functions.sorted { $0.key < $1.key }.compactMap { $0.value.missingBootstrap(of: $0.key, in: path) }
      + RouteTable(apis).shadowed
    // A request never waits for a thread: there are as many as there are requests.
    services = ServiceClient(
      environment: Platform.Environment(variables), credentials: credentials, clock: .system,
      maximumThreads: limits.requests)
    self.limits = limits
  }

  /// Values that templates' parameters have here unless the user sets others. Keys cost nothing where their table is
  /// embedded, so a function accepts them without being deployed with them.
  package static let parameterDefaults = ["Idempotency": "Optional"]

  /// A gateway while it listens.
  package struct Running: Sendable {
    /// The port.
    package let port: Int
    /// What responds to requests.
    let gateway: Gateway
    fileprivate let functions: [LocalFunction]

    /// Kills the processes of all functions, as a crash would. The next requests start new ones.
    package func crashFunctions() async {
      for function in functions { await function.crash() }
    }
  }

  /// Listens on the loopback addresses while `body` runs. Port 0 picks a free one.
  ///
  /// `log` gets an entry for each request, refused ones included, and the entries of the local Lambda. When this
  /// returns, all processes that it started have ended.
  /// - Throws: `LocalServerError` if it can't listen on the port, and any error of `body`.
  package func serve<Value: Sendable>(
    port: Int = 0, admission: Admission = .loopback, log: @escaping @Sendable (GatewayLogEntry) -> Void,
    _ body: @Sendable (Running) async throws -> Value
  ) async throws -> Value {
    let functions = functions.mapValues { LocalFunction($0) { log(.lambda($0)) } }
    let gateway = Gateway(routes: RouteTable(apis), functions: functions, services: services)
    let server = GatewayServer(gateway: gateway, log: log)
    var configuration = LocalServerConfiguration()
    (configuration.admission, configuration.limits) = (admission, limits)
    configuration.refused = { log(.request(AccessLogEntry($0))) }
    return try await withLocalServer(server, port: port, configuration: configuration) { port in
      let result: Result<Value, any Error>
      let running = Running(port: port, gateway: gateway, functions: Array(functions.values))
      do { result = .success(try await body(running)) } catch { result = .failure(error) }
      // Functions first, because the server waits for requests that wait for functions.
      for function in functions.values { await function.stop() }
      return try result.get()
    }
  }
}

extension FunctionConfiguration {
  /// A warning if the function can't be started.
  fileprivate func missingBootstrap(of logicalID: String, in template: String) -> String? {
    if FileManager.default.isExecutableFile(atPath: bootstrap) { return nil }
    return
      "\(template): Resources.\(logicalID): \(bootstrap) does not exist or isn't executable; build it, or fix CodeUri"
  }
}

extension LocalGateway.RouteSummary {
  fileprivate init(_ route: RouteDefinition, of kind: APIKind) {
    key = route.key
    method = route.method
    path = route.path?.description
    api = kind
    integration = route.integration.kind
    target =
      switch route.integration {
      case .lambdaProxy(let function, _, _): function
      case .service(let action, _): action.service + action.path
      case .mock, .unsupported: nil
      }
    authorization = route.requiresIAM ? .iam : route.requiresAPIKey ? .apiKey : nil
  }
}

extension APIDefinition {
  /// A copy in which calls to AWS services have at most this time limit.
  fileprivate func limited(to limit: Duration) -> APIDefinition {
    var api = self
    api.routes = routes.map { route in
      guard case .service(let action, var integration) = route.integration else { return route }
      integration.timeout = min(integration.timeout, limit)
      var limited = route
      limited.integration = .service(action, integration)
      return limited
    }
    return api
  }
}

extension FunctionConfiguration {
  /// The configuration of a template's function, which runs the `bootstrap` in its `CodeUri`.
  ///
  /// - Parameter directory: the template's directory, to which `CodeUri` is relative.
  init(_ definition: FunctionDefinition, in directory: String, region: String, credentials: AWSCredentials) {
    let code = URL(filePath: definition.codeURI, relativeTo: URL(filePath: directory, directoryHint: .isDirectory))
    let taskRoot = code.standardizedFileURL
    self.init(
      name: definition.name, bootstrap: taskRoot.appending(path: "bootstrap").path, taskRoot: taskRoot.path,
      region: region,
      credentials: credentials, variables: definition.variables)
    memorySize = definition.memorySize
    timeout = definition.timeout
    if let limit = definition.reservedConcurrency { maximumConcurrency = limit }
  }
}
