import Platform
import Testing

@testable import Idempotency

@Suite("The configuration of idempotency")
struct IdempotencyConfigurationTests {
  @Test("is off without a table; with one, keys are optional, live a day and settle in six minutes")
  func defaults() throws {
    #expect(try configuration([:]).table == nil)
    let configuration = try configuration(["IDEMPOTENCY_TABLE": "keys"])
    #expect(configuration.table == "keys")
    #expect(!configuration.isRequired)
    #expect(configuration.life == .seconds(86_400))
    #expect(configuration.settleTime == .seconds(360))
    #expect(configuration.warning == nil)
  }

  @Test("takes every setting from the environment")
  func settings() throws {
    let configuration = try configuration([
      "IDEMPOTENCY_TABLE": "arn:aws:dynamodb:us-east-1:123456789012:table/keys.v2", "IDEMPOTENCY_KEY": "required",
      "IDEMPOTENCY_EXPIRES_AFTER": "604800", "IDEMPOTENCY_SETTLES_AFTER": "361",
    ])
    #expect(configuration.isRequired)
    #expect(configuration.life == .seconds(604_800))
    #expect(configuration.settleTime == .seconds(361))
  }

  @Test("warns about a settle time in which AWS may still accept a late request")
  func warning() throws {
    #expect(try configuration(["IDEMPOTENCY_TABLE": "keys", "IDEMPOTENCY_SETTLES_AFTER": "359"]).warning != nil)
    #expect(try configuration(["IDEMPOTENCY_SETTLES_AFTER": "1"]).warning == nil)
  }

  @Test(
    "throws an error that names a variable with an unusable value",
    arguments: [
      ("IDEMPOTENCY_TABLE", "ab"), ("IDEMPOTENCY_TABLE", "a b c"), ("IDEMPOTENCY_TABLE", "keys/index"),
      ("IDEMPOTENCY_TABLE", "arn:aws:dynamodb:us-east-1:123456789012:table/"),
      ("IDEMPOTENCY_TABLE", "arn:aws:sqs:us-east-1:123456789012:keys"),
      ("IDEMPOTENCY_TABLE", String(repeating: "k", count: 256)), ("IDEMPOTENCY_KEY", "Required"),
      ("IDEMPOTENCY_KEY", "yes"), ("IDEMPOTENCY_EXPIRES_AFTER", "0"), ("IDEMPOTENCY_EXPIRES_AFTER", "604801"),
      ("IDEMPOTENCY_EXPIRES_AFTER", "1d"), ("IDEMPOTENCY_EXPIRES_AFTER", "+60"), ("IDEMPOTENCY_SETTLES_AFTER", "-1"),
      ("IDEMPOTENCY_SETTLES_AFTER", "3601"), ("IDEMPOTENCY_SETTLES_AFTER", "99999999999999999999"),
    ])
  func mistakes(variable: String, value: String) {
    let error = #expect(throws: EnvironmentError.self) { try configuration([variable: value]) }
    #expect(error?.variable == variable)
    #expect(error?.reason.contains("\"\(value.prefix(20))") == true)
  }

  @Test("needs a table if keys are required")
  func requiredWithoutTable() {
    let error = #expect(throws: EnvironmentError.self) { try configuration(["IDEMPOTENCY_KEY": "required"]) }
    #expect(error?.variable == "IDEMPOTENCY_TABLE")
  }

  private func configuration(_ variables: [String: String]) throws(EnvironmentError) -> IdempotencyConfiguration {
    try IdempotencyConfiguration(environment: Environment(variables))
  }
}
