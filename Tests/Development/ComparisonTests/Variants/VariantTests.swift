import Foundation
import LocalBatch
import Platform
import SAMTemplate
import TestSupport
import Testing

@testable import Comparison

@Suite("Variants")
struct VariantTests {
  @Test("of the package are four, each with its integration and its API")
  func package() throws {
    let variants = try TemplateVariant.package(at: packageRoot).map(\.description)
    #expect(variants.map(\.id) == ["lambda-rest", "lambda-http", "direct", "direct-minimal"])
    #expect(variants.map(\.integration) == [.lambdaProxy, .lambdaProxy, .service, .service])
    #expect(variants.map(\.api) == [.rest, .http, .rest, .rest])
    #expect(variants.allSatisfy { $0.template != nil && $0.url == nil })
  }

  @Test("are found in any SAM template by the parameters of their paths")
  func found() async throws {
    let operation = """
      {x-amazon-apigateway-integration: {type: aws, httpMethod: POST, credentials: 'arn:aws:iam::1:role/r',
                  uri: 'arn:aws:apigateway:us-east-1:batch:path/v1/submitjob'}}
      """
    let template = """
      Resources:
        Api:
          Type: AWS::Serverless::Api
          Properties:
            StageName: v1
            DefinitionBody:
              openapi: 3.0.1
              paths:
                /a/b/{jobQueue}/{jobDefinition}: {post: \(operation), get: \(operation)}
                /c/{jobDefinition}/on/{jobQueue}: {x-amazon-apigateway-any-method: \(operation)}
                /d/{jobQueue}: {post: \(operation)}
                /e/{tenant}/{jobQueue}/{jobDefinition}: {post: \(operation)}
                /f/{jobQueue}/{jobDefinition}: {get: \(operation)}
      """
    let variants = try await withTemplate(template) { path in try TemplateVariant.all(in: path) }
    #expect(variants.map(\.description.id) == ["mine/a/b", "mine/c"])
    #expect(variants.first?.description.name == "mine.yaml, POST /a/b/{jobQueue}/{jobDefinition}")
    #expect(
      (variants + variants).withUniqueIDs.map(\.description.id) == ["mine/a/b", "mine/c", "mine/a/b#2", "mine/c#2"])
  }

  @Test("with the same name are numbered, whatever the name is", arguments: ["#", "x#y", "x"])
  func numbered(name: String) throws {
    var variant = try #require(TemplateVariant.package(at: packageRoot).first)
    variant.description.id = name
    #expect([variant, variant, variant].withUniqueIDs.map(\.description.id) == [name, name + "#2", name + "#3"])
  }

  @Test("encode names in their URLs")
  func urls() throws {
    let url = try #require(SubmitURL(pattern: "http://h/{jobDefinition}/on/{jobQueue}"))
    #expect(url.url(jobQueue: "q/ü\n", jobDefinition: "a-b_c:1") == "http://h/a-b_c%3A1/on/q%2F%C3%BC%0A")
    #expect(url.url(jobQueue: "{jobDefinition}", jobDefinition: "d") == "http://h/d/on/%7BjobDefinition%7D")
    for text in ["/{jobQueue}", "/{jobQueue}/{jobQueue}", "/{a}/{jobQueue}/{jobDefinition}", ""] {
      #expect(SubmitURL(pattern: text) == nil)
    }
  }

  @Test("are deployed at URLs whose last two segments are a queue and a definition")
  func deployed() throws {
    let text = "https://a.execute-api.us-east-1.amazonaws.com/v1/jobs/my-queue/my-job%3A1"
    let variant = try RunningVariant(
      deployedAt: text, id: "i", name: "n", integration: .service, environment: Platform.Environment([:]))
    #expect((variant.jobQueue, variant.jobDefinition) == ("my-queue", "my-job:1"))
    #expect(variant.submitURL == text)
    #expect(variant.batch == nil && variant.description.url == text)
  }

  @Test(
    "can't be deployed at other URLs, and the error says why",
    arguments: [
      ("", "begin with https://"), ("h/a/b/c", "begin with https://"), ("ftp://h/q/d", "begin with https://"),
      ("https:///q/d", "has no host"), ("https://h:99999/q/d", "invalid port"),
      ("https://h/a/q d/e", "invalid character"),
      ("https://h", "doesn't end in"), ("https://h/", "doesn't end in"), ("https://h/a", "doesn't end in"),
      ("https://h/a/", "doesn't end in"), ("https://h/v1/jobs//d", "doesn't end in"),
      ("https://h/a/%FF", "doesn't end in"), ("https://h/a/b?c", "a query"), ("https://h/a/{jobQueue}", "braces"),
      ("https://h/v1//q/d", "empty segments"), ("https://h/../q/d", "is normalized in transit"),
    ])
  func notDeployed(url: String, reason: String) {
    let error = #expect(throws: DeployedURLError.self) {
      try RunningVariant(
        deployedAt: url, id: "i", name: "n", integration: .service, environment: Platform.Environment([:]))
    }
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    #expect(error?.description.contains("use one such as https://") == true)
  }

  @Test(
    "that are deployed are asked for their kind of API, which is guessed from the path if the response doesn't say",
    arguments: [
      ("/v1/jobs/q/d", .lambdaProxy, [("apigw-requestid", "WSg1ihmdliAEJXA=")], .http, true),
      ("/jobs/q/d", .lambdaProxy, [("x-amzn-RequestId", "1"), ("x-amz-apigw-id", "XxxXXXxx=")], .rest, true),
      ("/jobs/q/d", .lambdaProxy, [("x-amzn-RequestId", "1")], .http, false),
      ("/v1/jobs/q/d", .lambdaProxy, [], .rest, false), ("/jobs/q/d", .service, [], .rest, false),
    ] as [(String, IntegrationKind, [(String, String)], APIKind, Bool)])
  func api(path: String, integration: IntegrationKind, headers: [(String, String)], api: APIKind, isDetected: Bool)
    throws
  {
    let server = try ScriptedServer.answering(.answer(.init(403, headers: headers, "{}")))
    var variant = try RunningVariant(
      deployedAt: server.url + path, id: "mine", name: "n", integration: integration,
      environment: Platform.Environment([:]))
    let warning = variant.detectAPI()
    #expect(variant.description.api == api)
    #expect((warning == nil) == isDetected)
    // The request doesn't submit a job.
    #expect(server.requests.map(\.method) == ["GET"])
    #expect(server.requests.map(\.path) == [String(path.dropLast(4))])
  }

  @Test("of a SAM template have its warnings")
  func warnings() async throws {
    let template = """
      Resources:
        Mine:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: provided.al2023
            Handler: bootstrap
            CodeUri: none/
            Events:
              Submit: {Type: HttpApi, Properties: {Method: POST, Path: '/jobs/{jobQueue}/{jobDefinition}'}}
      """
    let variants = try await withTemplate(template) { path in try TemplateVariant.all(in: path) }
    #expect(variants.count == 1)
    #expect(variants.first?.warnings.contains { $0.contains("does not exist or isn't executable") } == true)
  }

  @Test("each have their own Batch, which responds late if a delay is set")
  func batches() async throws {
    let variants = try TemplateVariant.all(in: packageRoot + "/examples/direct-minimal.yaml")
    try await withLocalVariants(variants + variants, batchDelay: .milliseconds(200)) { running in
      #expect(running.map(\.description.id) == ["direct-minimal", "direct-minimal#2"])
      let start = ContinuousClock.now
      let response = await Caller().post(
        RunningVariant.emptyJob, contentType: "application/json", to: try #require(running.last).submitURL)
      #expect(response?.status == 200)
      #expect(start.duration(to: .now) >= .milliseconds(200))
      var jobs: [Int?] = []
      for variant in running { jobs.append(await variant.batch?.submitJobBodies.count) }
      #expect(jobs == [0, 1])
    }
  }
}
