import Foundation
import JSONTree
import SAMTemplate
import TestSupport

@testable import LocalAPIGateway

/// The four kinds of routes to a function, as addressed by clients.
enum ProxyRoutes: String, CaseIterable {
  case rest, httpV1, httpV2, url

  /// A template with all of them for one function: `/KIND/{one}/{two}`, `/KIND/any/{proxy+}` and `/KIND`, any method.
  static let template = """
    Resources:
      Function:
        Type: AWS::Serverless::Function
        Properties: {\(ObedientFunction.properties), FunctionUrlConfig: {AuthType: NONE}, Events: {\(events)}}
      Rest: {Type: AWS::Serverless::Api, Properties: {StageName: live, BinaryMediaTypes: [image~1png]}}
      Http: {Type: AWS::Serverless::HttpApi}
    """

  private static let events = [rest, httpV1, httpV2].flatMap { kind in
    ["", "/{one}/{two}", "/any/{proxy+}"].enumerated().map { index, path in
      let api =
        kind == .rest ? "Type: Api, Properties: {RestApiId: !Ref Rest" : "Type: HttpApi, Properties: {ApiId: !Ref Http"
      let format = kind == .httpV1 ? ", PayloadFormatVersion: '1.0'" : ""
      return "\(kind)\(index): {\(api), Path: '/\(kind)\(path)', Method: ANY\(format)}}"
    }
  }.joined(separator: ", ")

  /// The path of a request. A function's URL accepts any.
  func path(_ rest: String) -> String { "/\(rawValue)\(rest)" }

  /// The Host header.
  var host: String { "Host: \(self == .url ? "function.lambda-url.localhost" : "gateway.localhost"):3000" }

}

extension ServedGateway {
  /// The event for a request, returned by the function.
  func event(
    _ routes: ProxyRoutes, _ method: String, _ path: String, _ headers: [String] = [], body: [UInt8] = []
  ) async throws -> JSON {
    let answer = try await answer("\(method) \(routes.path(path))", [routes.host] + headers, body: body)
    return try JSON(parsing: answer.body)
  }
}
