import DevelopmentTestSupport
public import HTTPTypes
import LocalServer
import Platform
import SAMTemplate
import Testing

@testable import LocalAPIGateway

extension APIDefinition {
  /// An API without routes.
  static func sample(_ kind: APIKind) -> APIDefinition {
    APIDefinition(logicalID: "SampleApi", kind: kind, id: "a1b2c3d4e5", region: "us-east-1", stage: "v1")
  }
}

extension API {
  /// An API whose routes are mocks. A nil method is ANY, a nil path `$default`.
  static func sample(_ kind: APIKind, _ routes: [(method: String?, path: String?)]) -> API {
    API(
      .sample(kind),
      routes: routes.map {
        Route(method: $0.method, path: $0.path.flatMap(PathTemplate.init), integration: .mock(MappedIntegration()))
      })
  }
}

extension ClientRequest {
  /// A request with a request line such as `POST /jobs/a/b?c=d`.
  static func sample(
    _ line: String, host: String = "127.0.0.1:3000", headers: HTTPFields = [], body: String = ""
  ) -> ClientRequest {
    let words = line.split(separator: " ", maxSplits: 1)
    let target = words[1].split(separator: "?", maxSplits: 1)
    return ClientRequest(
      id: "6f9b2b5e-3d4c-4a71-9f0e-0d9c8b7a6f5e", extendedID: "JKJaXmPLvHcESHA=",
      time: Timestamp(milliseconds: 1_428_582_896_000), method: String(words[0]), path: String(target[0]),
      query: target.count > 1 ? String(target[1]) : nil, host: host, headers: headers, body: Array(body.utf8),
      sourceIP: "127.0.0.1")
  }
}

/// Literals of header fields, with names in any case.
extension HTTPFields: @retroactive ExpressibleByArrayLiteral {
  /// Fields in this order.
  public init(arrayLiteral fields: (String, String)...) {
    self.init()
    for (name, value) in fields { add(name, value) }
  }

  /// The fields as they are sent.
  var lines: [String] { map { "\($0.name.rawName): \($0.value)" } }
}

/// The description of the error thrown by reading a template or by compiling its APIs.
func compilationFailure(_ source: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
  failure(source, sourceLocation: sourceLocation) { for api in $0.apis { _ = try API(api) } }
}
