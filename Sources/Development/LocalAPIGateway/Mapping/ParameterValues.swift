internal import JSONTree
internal import LocalLambda
internal import SAMTemplate

/// Looks up expressions of parameter mappings in a request's parameters, `$context` and stage variables. Gateway
/// responses use it, too, even for requests without a route.
struct ParameterValues {
  /// The message from whose headers and body parameters are mapped.
  struct Message {
    let headers: (String) -> [String]
    let body: [UInt8]
    /// The failure when a parameter is mapped from a body that isn't JSON.
    let notJSON: GatewayFailure
  }

  /// The request's parameters.
  let parameters: MethodParameters
  /// `$context`.
  let context: TemplateContext

  init(_ context: RequestContext, pathParameters: [RoutedRequest.PathParameter], traceID: TraceID) {
    parameters = MethodParameters(context.request, pathParameters: pathParameters, traceID: traceID)
    self.context = TemplateContext(context)
  }

  /// The values of a source, which may be empty.
  func values(of source: ParameterSource, in message: Message) throws(GatewayFailure) -> [String] {
    switch source {
    case .literal(let text): return [text]
    case .path(let name): return parameters.path(name).map { [$0] } ?? []
    case .query(let name): return parameters.query(name).suffix(1)
    case .queryValues(let name): return parameters.query(name)
    case .header(let name): return message.headers(name).suffix(1)
    case .headerValues(let name): return message.headers(name)
    case .context(let names): return context.text(names).map { [$0] } ?? []
    case .stageVariable(let name): return context.context.api.stageVariables[name].map { [$0] } ?? []
    case .body(nil): return [String(decoding: message.body, as: UTF8.self)]
    case .body(let path?):
      if message.body.isEmpty { return [] }
      guard let document = try? JSON(parsing: message.body) else { throw message.notJSON }
      switch Result(catching: { () throws(JSONPathError) in try path.value(in: document) }) {
      case .success(nil), .success(.null): return []
      case .success(.string(let text)): return [text]
      case .success(let value?): return [value.description]
      case .failure(let error): throw .configuration("a parameter's JSONPath \(error.reason)")
      }
    }
  }
}
