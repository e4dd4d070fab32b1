internal import Foundation
internal import Hummingbird
internal import Platform
package import SigV4

/// API Gateway and Lambda as a SAM template deploys them, on a loopback port.
///
/// REST and HTTP APIs share the port, and there is no stage in the path. A function's own URL answers where the host's
/// name starts with the function's and `.lambda-url`. IAM authorization and API keys are not enforced.
package struct LocalGateway: Sendable {
  /// A route, in words.
  package struct RouteSummary: Sendable {
    /// The method and the path, or `$default`, as in `POST /jobs/{jobQueue}`.
    package let key: String
    /// The method; nil for any, and for `$default`.
    package let method: String?
    /// The path with its parameters in braces; nil for `$default`.
    package let path: String?
    /// The kind of its API.
    package let api: String
    /// The integration's type, and the function or the service where there is one.
    package let integration: String
    /// What callers have to send where the template is deployed: `IAM`, `API key`, or nothing.
    package let authorization: String?
    /// The function whose URL it is, in lower case; nil for a route of an API.
    package let function: String?
  }

  /// What of the template is not run here: one line each.
  package let warnings: [String]
  /// The routes, in the template's order.
  package let routes: [RouteSummary]

  private let apis: [API]
  private let functions: [FunctionConfiguration]
  private let services: ServiceClient

  /// The gateway of a template file.
  ///
  /// - Parameters:
  ///   - parameters: values that go before the defaults of the template's own parameters.
  ///   - region: the region that the template is run in.
  ///   - credentials: what functions and `aws` integrations sign with.
  ///   - variables: variables that go before those of the template's functions. They say where Batch is, to the `aws`
  ///     integrations as well.
  ///   - timeLimit: the longest that a function may run and an AWS service may take, where the template allows more.
  /// - Throws: `TemplateFileError`, which names file, line and place.
  package init(
    templateAt path: String, parameters: [String: String] = [:], region: String, credentials: AWSCredentials,
    variables: [String: String], timeLimit: Duration? = nil
  ) throws(TemplateFileError) {
    let deployment = try Deployment(templateAt: path, parameters: parameters, region: region)
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
    apis = timeLimit.map { limit in deployment.apis.map { $0.limited(to: limit) } } ?? deployment.apis
    routes = deployment.apis.flatMap { api in api.routes.map { RouteSummary($0, of: api) } }
    functions = deployment.functions.values.sorted { $0.logicalID < $1.logicalID }.map { definition in
      var function = FunctionConfiguration(definition, in: directory, region: region, credentials: credentials)
      function.variables.merge(variables) { $1 }
      if let timeLimit { function.timeout = min(function.timeout, timeLimit) }
      return function
    }
    warnings =
      deployment.warnings + functions.compactMap { $0.missingBootstrap(in: path) } + RouteTable(apis).shadowed
    services = ServiceClient(
      environment: Platform.Environment(variables), credentials: credentials, clock: .system)
  }

  /// Listens on 127.0.0.1 while `body` runs, and hands it the port; 0 picks a free one.
  ///
  /// `log` gets a line for each request, and Lambda's lines. Every process that was started has ended when this returns.
  /// - Throws: `LocalServerError` when it can't listen on the port, and whatever `body` throws.
  package func serve<Value: Sendable>(
    port: Int = 0, log: @escaping @Sendable (String) -> Void, _ body: @Sendable (Int) async throws -> Value
  ) async throws -> Value {
    let functions = functions.reduce(into: [:]) { $0[$1.name] = LocalFunction($1, log: log) }
    let gateway = Gateway(routes: RouteTable(apis), functions: functions, services: services)
    let router = Router()
    router.add(middleware: GatewayServer(gateway: gateway, log: log))
    return try await withLocalServer(router, port: port) { port in
      let result: Result<Value, any Error>
      do { result = .success(try await body(port)) } catch { result = .failure(error) }
      // Before the server stops: it waits for the requests that wait for functions.
      for function in functions.values { await function.stop() }
      return try result.get()
    }
  }
}

extension FunctionConfiguration {
  /// A warning about a function that can't be started.
  fileprivate func missingBootstrap(in template: String) -> String? {
    if FileManager.default.isExecutableFile(atPath: bootstrap) { return nil }
    return "\(template): Resources.\(name): there is no executable \(bootstrap); build it, or mend CodeUri"
  }
}

extension LocalGateway.RouteSummary {
  fileprivate init(_ route: Route, of api: API) {
    key = route.key
    method = route.method
    path = route.path?.description
    self.api =
      switch api.kind {
      case .rest: "REST API"
      case .http: "HTTP API"
      case .functionURL: "function URL"
      }
    let target: String? =
      switch route.integration {
      case .lambdaProxy(let function, _, _): function
      case .service(let action, _): action.service + action.path
      case .mock, .unsupported: nil
      }
    integration = [route.integration.type, target].compactMap { $0 }.joined(separator: " ")
    authorization = route.requiresIAM ? "IAM" : route.requiresAPIKey ? "API key" : nil
    function = api.kind == .functionURL ? target?.lowercased() : nil
  }
}

extension API {
  /// The same routes, whose calls of AWS services take no longer than a limit.
  fileprivate func limited(to limit: Duration) -> API {
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
