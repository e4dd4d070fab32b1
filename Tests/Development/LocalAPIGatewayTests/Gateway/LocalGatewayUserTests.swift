import DevelopmentTestSupport
import Foundation
import LocalBatch
import ProxyEvents
import SAMTemplate
import Testing

@testable import LocalAPIGateway

@Suite("A user whom IAM authorization has identified", .timeLimit(.minutes(5)))
struct LocalGatewayUserTests {
  private static let template = """
    Resources:
      Function:
        Type: AWS::Serverless::Function
        Properties:
          \(ObedientFunction.properties.replacing(", ", with: "\n      "))
          Events:
            Rest: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /rest, Method: POST}}
            OpenRest: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /open, Method: POST, Auth: {Authorizer: NONE}}}
            V1: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /v1, Method: POST, PayloadFormatVersion: '1.0'}}
            V2: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /v2, Method: POST}}
      Rest: {Type: AWS::Serverless::Api, Properties: {StageName: live, Auth: {DefaultAuthorizer: AWS_IAM}}}
      Http: {Type: AWS::Serverless::HttpApi, Properties: {Auth: {EnableIamAuthorizer: true, DefaultAuthorizer: AWS_IAM}}}
    """

  /// The callers that the function sees in the events of a user's requests for these paths.
  private func callers(of user: IAMUser, _ paths: [String]) async throws -> [String?] {
    try await StandInFunction.withDirectory(ObedientFunction.script) { directory in
      let file = directory.appending(path: "template.yaml")
      try Data(Self.template.utf8).write(to: file)
      let gateway = try LocalGateway(
        templateAt: file.path, stackName: "apigw-batch", region: "us-east-1",
        credentials: EmbeddedBatch.demoCredentials, variables: [:])
      return try await gateway.serve(log: { _ in }) { running in
        var callers: [String?] = []
        for path in paths {
          let response = await running.respond(to: .init("POST", path, body: Array("{}".utf8), from: user))
          #expect(response.status == 200)
          callers.append(try ProxyRequest(event: response.body).caller)
        }
        return callers
      }
    }
  }

  @Test("is the caller for the function, in every format, on routes with IAM authorization alone")
  func events() async throws {
    let arn = "arn arn:aws:iam::123456789012:user/ann"
    let callers = try await callers(of: IAMUser(name: "ann"), ["/rest", "/v1", "/v2", "/open"])
    #expect(callers == [arn, arn, arn, nil])
  }

  @Test("has the same ids each time, which another user doesn't have")
  func ids() {
    let names = ["accessKey", "accountId", "caller", "user", "userArn", "cognitoIdentityId"]
    let values = { (user: String) in names.map { IAMUser(name: user).identity($0) } }
    #expect(values("ann") == values("ann"))
    #expect(zip(values("ann"), values("bob")).map { $0 == $1 } == [false, true, false, false, false, true])
  }

  @Test("is known to mapping templates")
  func context() {
    var request = ClientRequest.sample("GET /a")
    request.user = IAMUser(name: "ann")
    let context = TemplateContext(RequestContext(request: request, api: .sample(.rest), resourcePath: "/a"))
    #expect(context.text(["identity", "userArn"]) == "arn:aws:iam::123456789012:user/ann")
    #expect(context.text(["identity", "cognitoIdentityId"]) == nil)
  }
}
