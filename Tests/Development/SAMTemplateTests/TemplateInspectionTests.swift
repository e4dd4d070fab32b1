import DevelopmentTestSupport
import Foundation
import Testing

@testable import SAMTemplate

@Suite("The inspection of a template")
struct TemplateInspectionTests {
  /// The template that is deployed.
  private static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../template.yaml").standardizedFileURL.path

  private func inspect(
    _ parameters: [String: String] = [:], deployed: [String: String] = [:], region: String = "eu-west-1"
  ) throws -> TemplateInspection {
    try TemplateInspection(templateAt: Self.path, .example(parameters, region: region), deployed: deployed)
  }

  @Test("yields the function's architecture and variables, and the submitters of jobs")
  func contents() throws {
    let template = try inspect(["Architecture": "arm64", "JobQueues": "reports"])
    #expect(template.functions.map(\.name) == ["SubmitJobFunction"])
    let function = try #require(template.functions.first)
    #expect(function.architecture == "arm64")
    #expect(function.variables["ALLOWED_JOB_QUEUES"] == "reports")
    #expect(Set(template.submitters.map(\.name)) == ["SubmitJobFunction", "DirectRole"])
    #expect(template.submitters.flatMap(\.unread).isEmpty)
    #expect(template.parameters["JobQueues"] == "reports")
    #expect(template.parameters["JobDefinitions"] == "*")
  }

  @Test(
    "allows the names of its parameters, with and without a revision, and no others",
    arguments: ["eu-west-1", "us-gov-west-1"])
  func policy(region: String) throws {
    let template = try inspect(["JobQueues": "a,b-*", "JobDefinitions": "c:3,d"], region: region)
    let allowed = [
      "job-queue/a", "job-queue/b-1", "job-definition/c:3", "job-definition/d", "job-definition/d:1",
      "job-definition/d:12",
    ]
    for resource in allowed {
      #expect(template.submitters.map { $0.maySubmit(resource) } == [true, true], "\(resource)")
    }
    for resource in ["job-queue/ab", "job-queue/b", "job-definition/c", "job-definition/c:4", "job-definition/dd:1"] {
      #expect(template.submitters.map { $0.maySubmit(resource) } == [false, false], "\(resource)")
    }
  }

  @Test(
    "yields the table of the function's keys by its local name, which its role may use",
    arguments: [
      (["Idempotency": "Optional"], "RetainedTable", "optional"),
      (["Idempotency": "Required", "IdempotencyTableOnDelete": "Delete"], "DisposableTable", "required"),
      (["Idempotency": "Required", "IdempotencyTable": "mine"], "mine", "required"),
    ])
  func idempotency(parameters: [String: String], table: String, key: String) throws {
    let template = try inspect(parameters)
    let variables = try #require(template.functions.first).variables
    #expect(variables["IDEMPOTENCY_TABLE"] == table && variables["IDEMPOTENCY_KEY"] == key)
    typealias Submitter = TemplateInspection.Submitter
    for submitter in template.submitters {
      let isFunction = submitter.name == "SubmitJobFunction"
      for action in Submitter.tableActions {
        #expect(submitter.may(action, onTable: table) == isFunction)
        #expect(!submitter.may(action, onTable: "other"))
      }
      // Both integrations read and list jobs.
      for action in Submitter.searchActions { #expect(submitter.may(action, on: "*")) }
    }
    #expect(template.submitters.flatMap(\.unread).isEmpty)
  }

  @Test("yields no table if the function takes no keys")
  func noIdempotency() throws {
    let names = try #require(try inspect(["IdempotencyTable": "mine"]).functions.first).variables.keys
    #expect(!names.contains { $0.hasPrefix("IDEMPOTENCY") })
  }

  @Test("prefers given values to a deployed stack's, and lists those that the template doesn't declare")
  func deployed() throws {
    let template = try inspect(
      ["JobQueues": "given"], deployed: ["JobQueues": "deployed", "JobDefinitions": "d", "Colour": "red"])
    #expect(template.parameters["JobQueues"] == "given")
    #expect(template.parameters["JobDefinitions"] == "d")
    #expect(template.undeclaredParameters == ["Colour"])
  }

  @Test("fails without a file, and for a value that the template does not allow")
  func errors() {
    #expect(throws: TemplateFileError.self) {
      try TemplateInspection(templateAt: "/nowhere/template.yaml", .example())
    }
    #expect(throws: TemplateFileError.self) { try inspect(["JobQueues": "a, b"]) }
    #expect(throws: TemplateFileError.self) { try inspect(["Colour": "red"]) }
  }
}
