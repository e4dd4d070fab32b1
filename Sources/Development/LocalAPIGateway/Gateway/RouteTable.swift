internal import Foundation
internal import SAMTemplate

/// The routes of a deployment's APIs, which share one port.
struct RouteTable: Sendable {
  private let apis: [API]

  init(_ apis: [API]) {
    self.apis = apis
  }

  /// The routes that can't be reached because APIs share the port: one line each.
  var shadowed: [String] {
    var owners: [String: String] = [:]
    var lines: [String] = []
    for api in apis where api.definition.kind != .functionURL {
      for route in api.routes where route.path != nil {
        guard let owner = owners[route.key] else {
          owners[route.key] = api.definition.logicalID
          continue
        }
        lines.append(
          "\(route.key) of \(api.definition.logicalID) can't be reached, because \(owner) on the same port has it; "
            + "rename one")
      }
    }
    return lines
  }

  /// The API that responds to a request without a route: a REST API if there is one, or else an HTTP API. A function's
  /// URL owns all requests to its host, such as `submitjobfunction.lambda-url.localhost`.
  func owner(of request: ClientRequest) -> APIDefinition? {
    let candidates = candidates(for: request).map(\.definition)
    return candidates.first { $0.kind == .rest } ?? candidates.first
  }

  /// The route of a request, by the rules of each API's kind; nil if no API has one.
  func route(_ request: ClientRequest) -> (route: Route, routed: RoutedRequest)? {
    for api in candidates(for: request) {
      if let (route, parameters) = api.route(request) {
        let routed = RoutedRequest(
          request: request, api: api.definition, method: route.method, path: route.path, pathParameters: parameters)
        return (route, routed)
      }
    }
    return nil
  }

  private func candidates(for request: ClientRequest) -> [API] {
    let labels = request.host.split(separator: ":").first?.lowercased().split(separator: ".") ?? []
    guard let name = labels.first.map(String.init), labels.dropFirst().first == "lambda-url" else {
      return apis.filter { $0.definition.kind != .functionURL }
    }
    return apis.filter { $0.definition.kind == .functionURL && $0.definition.function?.lowercased() == name }
  }
}

extension API {
  /// The route of a request: selected by the most specific matching path, then by method.
  ///
  /// A REST API matches the path as sent, and has no route if that path lacks the method. An HTTP API matches the
  /// decoded path, and falls back on its `$default` route. A trailing slash makes no difference. See
  /// [Routing](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html).
  fileprivate func route(_ request: ClientRequest) -> (Route, [RoutedRequest.PathParameter])? {
    let path = definition.kind == .rest ? request.path : request.decodedPath
    // Splits code points, because a slash with a combining character is a single `Character`.
    var segments = path.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
      .map(Substring.init)
    if segments.last?.isEmpty == true { segments.removeLast() }
    let fitting = routes.compactMap {
      route -> (route: Route, path: PathTemplate, parameters: [RoutedRequest.PathParameter])? in
      guard let path = route.path, let parameters = path.match(segments) else { return nil }
      return (route, path, parameters)
    }
    let sorted = fitting.sorted { $0.path.isMoreSpecific(than: $1.path) }
    let candidates = definition.kind == .rest ? sorted.filter { $0.path == sorted.first?.path } : sorted
    if let match = candidates.first(where: { $0.route.method == request.method })
      ?? candidates.first(where: { $0.route.method == nil })
    {
      return (match.route, match.parameters)
    }
    return routes.first { $0.path == nil }.map { ($0, []) }
  }
}
