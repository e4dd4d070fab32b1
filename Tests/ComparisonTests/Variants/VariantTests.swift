import Foundation
import LocalAWS
import Platform
import Testing

@testable import Comparison

@Suite("Variants")
struct VariantTests {
  @Test("are four in the package, each with its integration and its API")
  func package() throws {
    let variants = try TemplateVariant.package(at: packageRoot).map(\.description)
    #expect(variants.map(\.id) == ["lambda-rest", "lambda-http", "direct", "direct-minimal"])
    #expect(variants.map(\.integration) == ["aws_proxy", "aws_proxy", "aws", "aws"])
    #expect(variants.map(\.api) == ["REST", "HTTP", "REST", "REST"])
    #expect(variants.allSatisfy { $0.template != nil && $0.url == nil })
  }

  @Test("are found in any template, by the parameters of their paths")
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

  @Test("encode names in their URLs")
  func urls() throws {
    let url = try #require(SubmitURL(template: "http://h/{jobDefinition}/on/{jobQueue}"))
    #expect(url.url(jobQueue: "q/ü\n", jobDefinition: "a-b_c:1") == "http://h/a-b_c%3A1/on/q%2F%C3%BC%0A")
    #expect(url.url(jobQueue: "{jobDefinition}", jobDefinition: "d") == "http://h/d/on/%7BjobDefinition%7D")
    for text in ["/{jobQueue}", "/{jobQueue}/{jobQueue}", "/{a}/{jobQueue}/{jobDefinition}", ""] {
      #expect(SubmitURL(template: text) == nil)
    }
  }

  @Test("are deployed where the last two segments are a queue and a definition")
  func deployed() throws {
    let text = "https://a.execute-api.us-east-1.amazonaws.com/v1/jobs/my-queue/my-job%3A1"
    let variant = try RunningVariant(
      deployedAt: text, id: "i", name: "n", integration: "aws", api: "REST", environment: Platform.Environment([:]))
    #expect((variant.jobQueue, variant.jobDefinition) == ("my-queue", "my-job:1"))
    #expect(variant.submitURL == text)
    #expect(variant.batch == nil && variant.description.url == text)
  }

  @Test(
    "are not deployed elsewhere",
    arguments: [
      "", "https://h", "https://h/", "https://h/a", "https://h/a/", "h/a/b/c", "https://h/a/b?c",
      "https://h/a/{jobQueue}",
      "https://h/a/%FF",
    ])
  func notDeployed(url: String) {
    let error = #expect(throws: DeployedURLError.self) {
      try RunningVariant(
        deployedAt: url, id: "i", name: "n", integration: "aws", api: "REST", environment: Platform.Environment([:]))
    }
    #expect(error?.description.contains("type one such as https://") == true)
  }

  @Test("have a Batch each, which answers late when it is told to")
  func batches() async throws {
    let variants = try TemplateVariant.all(in: packageRoot + "/examples/direct-minimal.yaml")
    try await withLocalVariants(variants + variants, batchDelay: .milliseconds(200)) { running in
      #expect(running.map(\.description.id) == ["direct-minimal", "direct-minimal#2"])
      let start = ContinuousClock.now
      let answer = await Caller().post(
        RunningVariant.emptyJob, contentType: "application/json", to: try #require(running.last).submitURL)
      #expect(answer?.status == 200)
      #expect(start.duration(to: .now) >= .milliseconds(200))
      var jobs: [Int?] = []
      for variant in running { jobs.append(await variant.batch?.submitJobBodies.count) }
      #expect(jobs == [0, 1])
    }
  }
}
