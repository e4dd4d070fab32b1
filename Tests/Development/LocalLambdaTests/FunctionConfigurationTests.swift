import DevelopmentTestSupport
import Foundation
import JSONTree
import SigV4
import Testing

@testable import LocalLambda

@Suite("The environment of a function")
struct FunctionConfigurationTests {
  @Test("has an ARN in the region's partition")
  func arn() {
    let configuration = FunctionConfiguration(
      name: "apigw-batch", bootstrap: "/bootstrap", taskRoot: "/", region: "cn-north-1",
      credentials: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"))
    #expect(configuration.arn == "arn:aws-cn:lambda:cn-north-1:123456789012:function:apigw-batch")
  }

  @Test("consists of Lambda's variables and the function's own; nothing is inherited")
  func clean() async throws {
    let script = "respond(Event(), dict(os.environ))"
    let seen = try await StandInFunction.withScript(script) { configuration in
      var configuration = configuration
      configuration.variables = ["ALLOWED_JOB_QUEUES": "team-*"]
      configuration.memorySize = 512
      return try await withLocalFunction(configuration, log: { _ in }) { function in
        try await function.invoke(event: Array("{}".utf8)).response(as: [String: String].self)
      }
    }
    let environment = try #require(seen)
    #expect(environment["ALLOWED_JOB_QUEUES"] == "team-*")
    #expect(environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "512")
    #expect(environment["AWS_LAMBDA_FUNCTION_VERSION"] == "$LATEST")
    #expect(environment["AWS_ACCESS_KEY_ID"] == "AKIDEXAMPLE")
    #expect(environment["AWS_REGION"] == "us-east-1")
    #expect(environment["TZ"] == ":UTC")
    #expect(environment["AWS_SESSION_TOKEN"] == nil)
    #expect(ProcessInfo.processInfo.environment["HOME"] != nil && environment["HOME"] == nil)
  }

  @Test("the function can override what Lambda lets it override, but nothing reserved")
  func precedence() {
    let configuration = FunctionConfiguration(
      name: "apigw-batch", bootstrap: "/b", taskRoot: "/", region: "eu-west-1",
      credentials: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "s", sessionToken: "token"),
      variables: ["AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_REGION": "mars-1", "AWS_ACCESS_KEY_ID": "other"])
    let environment = configuration.environment(runtimeAPI: "127.0.0.1:9001")
    #expect(environment["AWS_LAMBDA_LOG_FORMAT"] == "JSON")
    #expect(environment["AWS_REGION"] == "eu-west-1")
    #expect(environment["AWS_ACCESS_KEY_ID"] == "AKIDEXAMPLE")
    #expect(environment["AWS_SESSION_TOKEN"] == "token")
    #expect(environment["AWS_LAMBDA_RUNTIME_API"] == "127.0.0.1:9001")
  }
}
