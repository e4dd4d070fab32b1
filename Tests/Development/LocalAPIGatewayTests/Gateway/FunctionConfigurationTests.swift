import LocalLambda
import SAMTemplate
import SigV4
import Testing

@testable import LocalAPIGateway

@Suite("The configuration of a template's function")
struct FunctionConfigurationTests {
  @Test(
    "comes from the template, with CodeUri's bootstrap as code",
    arguments: [
      (".", "/var/task"), ("./", "/var/task"), ("function", "/var/task/function"), ("../built/", "/var/built"),
      ("a b/%41", "/var/task/a b/%41"),
    ])
  func definition(codeURI: String, taskRoot: String) {
    var definition = FunctionDefinition(logicalID: "SubmitJob", codeURI: codeURI)
    definition.variables = ["ALLOWED_JOB_QUEUES": "team-*"]
    definition.name = "submit"
    (definition.memorySize, definition.timeout, definition.reservedConcurrency) = (256, .seconds(7), 5)
    let configuration = FunctionConfiguration(
      definition, in: "/var/task", region: "eu-west-1",
      credentials: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "s"))
    #expect(configuration.bootstrap == taskRoot + "/bootstrap")
    #expect(configuration.taskRoot == taskRoot)
    #expect(configuration.name == "submit" && configuration.variables == definition.variables)
    #expect(configuration.memorySize == 256 && configuration.timeout == .seconds(7))
    #expect(configuration.maximumConcurrency == 5 && configuration.region == "eu-west-1")
  }

  @Test("allows 100 concurrent invocations unless the template reserves another number")
  func concurrency() {
    let configuration = FunctionConfiguration(
      FunctionDefinition(logicalID: "F", codeURI: "."), in: "/", region: "us-east-1",
      credentials: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "s"))
    #expect(configuration.maximumConcurrency == 100)
    #expect(configuration.bootstrap == "/bootstrap")
  }
}
