import DevelopmentTestSupport
import Foundation
import Testing

@testable import SAMTemplate

@Suite("A file next to the template")
struct IncludedFileTests {
  /// Reads a template in a folder of its own, next to the file `api.yaml`.
  private func deployment(_ template: String, next document: String) throws -> Deployment {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(document.utf8).write(to: folder.appending(path: "api.yaml"))
    let file = folder.appending(path: "template.yaml")
    try Data(template.utf8).write(to: file)
    return try Deployment(templateAt: file.path, .example())
  }

  private static let document = """
    openapi: 3.0.1
    info: {title: "in ${AWS::Region}"}
    paths:
      /a:
        post:
          x-amazon-apigateway-integration:
            type: aws
            httpMethod: POST
            uri: "arn:${AWS::Partition}:apigateway:${AWS::Region}:batch:path/v1/submitjob"
            requestTemplates: {application/json: '{"jobName": "a", "account": "${AWS::AccountId}", "suffix": "${AWS::URLSuffix}"}'}
    """

  @Test(
    "is the document of an API",
    arguments: [
      "DefinitionUri: api.yaml", "DefinitionUri: ./api.yaml",
      "DefinitionBody: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: ./api.yaml}}}",
      "DefinitionBody: {openapi: 3.0.1, 'Fn::Transform': {Name: AWS::Include, Parameters: {Location: api.yaml}}}",
    ])
  func documents(property: String) throws {
    let template =
      "Resources:\n  Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      StageName: a\n      \(property)"
    let deployment = try deployment(template, next: Self.document)
    #expect(deployment.warnings.isEmpty)
    let route = try #require(deployment.apis.first?.routes.first)
    #expect(route.key == "POST /a")
    guard case .service(let action, let mapped) = route.integration else {
      Issue.record("\(route)")
      return
    }
    #expect(action.region == "us-east-1")
    let text = try #require(mapped.requestTemplates["application/json"]?.text)
    #expect(text.contains("123456789012"))
    // API Gateway leaves any other variable as it is.
    #expect(text.contains("${AWS::URLSuffix}"))
  }

  @Test("may be a part of a document, whose variables are replaced as well")
  func partsOfDocuments() throws {
    let include = "{'Fn::Transform': {Name: AWS::Include, Parameters: {Location: api.yaml}}}"
    let template =
      "Resources:\n  Api: {Type: AWS::Serverless::Api, Properties: {StageName: a, DefinitionBody: {paths: \(include)}}}"
    let document = """
      /a:
        get:
          x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: "${AWS::Region}"}}
      """
    let route = try deployment(template, next: document).apis.first?.routes.first
    guard case .mock(let mapped)? = route?.integration else {
      Issue.record("no mock integration")
      return
    }
    #expect(mapped.requestTemplates["application/json"]?.text == "us-east-1")
  }

  @Test("may have resources of the template, or one of its sections")
  func resources() throws {
    let include = "'Fn::Transform': {Name: AWS::Include, Parameters: {Location: api.yaml}}"
    let function = "F: {Type: AWS::Serverless::Function, Properties: {MemorySize: 256}}"
    #expect(
      try deployment("Resources: {\(include)}", next: function).functions["F"]?.memorySize == 256)
    #expect(
      try deployment(include, next: "Resources: {\(function)}").functions["F"]?.memorySize == 256)
    let elsewhere = include.replacing("api.yaml", with: "s3://bucket/api.yaml")
    let deployment = try deployment("Resources: {\(function), \(elsewhere)}", next: "")
    #expect(deployment.functions.count == 1)
    #expect(deployment.warnings.first?.hasSuffix("; what it adds is missing") == true, "\(deployment.warnings)")
  }

  @Test("is named, with its own lines, in warnings and errors")
  func places() throws {
    let template =
      "Resources:\n  Api: {Type: AWS::Serverless::Api, Properties: {StageName: a, DefinitionUri: api.yaml}}"
    let warning = try #require(
      deployment(template, next: "paths:\n  /a:\n    get: {x-amazon-apigateway-integration: {type: http}}").warnings
        .first)
    #expect(warning.contains("/api.yaml:3: paths./a.get"), "\(warning)")
    do {
      _ = try deployment(template, next: "paths:\n  a:\n    get: {x-amazon-apigateway-integration: {type: mock}}")
      Issue.record("read without an error")
    } catch {
      #expect("\(error)".contains("/api.yaml:3: paths.a.get: \"a\" is not a valid path"), "\(error)")
    }
  }

  @Test("can't include another file, which might be itself")
  func cycles() {
    let include = "{'Fn::Transform': {Name: AWS::Include, Parameters: {Location: api.yaml}}}"
    let template =
      "Resources:\n  Api: {Type: AWS::Serverless::Api, Properties: {StageName: a, DefinitionBody: \(include)}}"
    #expect { try deployment(template, next: "paths: {/a: \(include)}") } throws: {
      "\($0)".contains("is in an included file, where macros are not run; write out what it includes")
    }
  }
}
