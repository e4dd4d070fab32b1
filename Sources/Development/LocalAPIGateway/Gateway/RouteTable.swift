internal import Foundation
internal import SAMTemplate

/// The routes of a deployment's APIs, which share one port.
///
/// The host name `LOGICALID.execute-api.localhost` selects one API, and `FUNCTION.lambda-url.localhost` a function's URL.
/// With any other, a request goes to the REST or HTTP API that has a route for it. If several have one, the most
/// specific path decides, then the template's order.
struct RouteTable: Sendable {
  private let apis: [API]

  init(_ apis: [API]) {
    self.apis = apis
  }

  /// The host name that selects an API. The API's id may replace the first label, as in AWS.
  static func host(of api: APIDefinition) -> String { "\(api.logicalID.lowercased()).execute-api.localhost" }

  /// The routes that can't be reached because APIs share the port, unless the host selects the API: one line each.
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
          "\(route.key) of \(api.definition.logicalID) is hidden by \(owner), which has the same route on this port; "
            + "send its requests to the host \(Self.host(of: api.definition))")
      }
    }
    return lines
  }

  /// The API that a request belongs to: the one with a route for it, or else the nearest.
  func owner(of request: ClientRequest) -> APIDefinition? {
    route(request)?.routed.api ?? nearest(to: request)
  }

  /// The API whose paths match the most leading segments of a request's path; with equal numbers, a REST API, then the
  /// first in the template. Nil if the host selects an API that doesn't exist.
  func nearest(to request: ClientRequest) -> APIDefinition? {
    let candidates = candidates(for: request)
    if candidates.count < 2 { return candidates.first?.definition }
    var nearest: (api: API, nearness: PathTemplate.Nearness)?
    for api in candidates.filter({ $0.definition.kind == .rest }) + candidates.filter({ $0.definition.kind != .rest }) {
      let segments = request.segments(for: api.definition.kind)
      let nearness = api.routes.compactMap { $0.path?.nearness(to: segments) }.max() ?? .none
      if let nearest, nearness <= nearest.nearness { continue }
      nearest = (api, nearness)
    }
    return nearest?.api.definition
  }

  /// The route of a request, by the rules of each API's kind; nil if no API has one.
  func route(_ request: ClientRequest) -> (route: Route, routed: RoutedRequest)? {
    var best: (api: API, match: API.Match)?
    for api in candidates(for: request) {
      guard let match = api.match(request) else { continue }
      if let best, !match.isMoreSpecific(than: best.match) { continue }
      best = (api, match)
    }
    return best.map { api, match in
      let (route, parameters) = (match.route, match.parameters)
      var request = request
      if !route.requiresIAM { request.user = nil }
      return (
        route,
        RoutedRequest(
          request: request, api: api.definition, method: route.method, path: route.path, pathParameters: parameters)
      )
    }
  }

  private func candidates(for request: ClientRequest) -> [API] {
    let labels = request.host.split(separator: ":").first?.lowercased().split(separator: ".") ?? []
    guard let name = labels.first.map(String.init), labels.count > 1 else { return sharing }
    switch labels[1] {
    case "lambda-url":
      return apis.filter { $0.definition.kind == .functionURL && $0.definition.function?.lowercased() == name }
    case "execute-api":
      return sharing.filter { $0.definition.logicalID.lowercased() == name || $0.definition.id == name }
    default: return sharing
    }
  }

  /// The APIs that share the port under any other host name.
  private var sharing: [API] { apis.filter { $0.definition.kind != .functionURL } }
}

extension API {
  /// A route that matches a request.
  fileprivate struct Match {
    let route: Route
    let parameters: [RoutedRequest.PathParameter]

    /// Whether this match precedes another API's. A `$default` route precedes none.
    func isMoreSpecific(than other: Match) -> Bool {
      guard let path = route.path else { return false }
      return other.route.path.map(path.isMoreSpecific(than:)) ?? true
    }
  }

  /// The route of a request: the most specific matching path that has the method, or any method. If none has it, the
  /// `$default` route of an HTTP API. See
  /// [Routing](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html).
  fileprivate func match(_ request: ClientRequest) -> Match? {
    let segments = request.segments(for: definition.kind)
    var best: (path: PathTemplate, match: Match)?
    for route in routes where route.method == nil || route.method == request.method {
      guard let path = route.path, let parameters = path.match(segments) else { continue }
      if let best {
        // On the same path, the method itself precedes any method.
        let isBetter =
          path == best.path
          ? best.match.route.method == nil && route.method != nil : path.isMoreSpecific(than: best.path)
        if !isBetter { continue }
      }
      best = (path, Match(route: route, parameters: parameters))
    }
    return best?.match ?? routes.first { $0.path == nil }.map { Match(route: $0, parameters: []) }
  }
}

extension ClientRequest {
  /// The path's segments for routing: a REST API routes the path as sent, where leading slashes count as one; the other
  /// kinds route the decoded path. A trailing slash makes no difference.
  fileprivate func segments(for kind: APIKind) -> [Substring] {
    // Splits code points, because a slash with a combining character is a single `Character`.
    var segments = (kind == .rest ? path : decodedPath).unicodeScalars
      .split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(Substring.init)
    if segments.last?.isEmpty == true { segments.removeLast() }
    return kind == .rest ? Array(segments.drop(while: \.isEmpty)) : segments
  }
}
