import HTTPTransport
import Platform
import Testing

@testable import AWSService
@testable import Batch
@testable import Credentials

@Suite("The retry policy")
struct RetryPolicyTests {
  private static let transport = TransportError(requestWasSent: false, cause: .notConnected, message: "refused")
  private static let notSent = BatchError.notSent(transport, attempts: 1)
  private static let throttled = refused(429, "TooManyRequestsException")

  /// Errors after which nothing must be sent again: the job may have been accepted, or would be refused again.
  static let final: [BatchError] = [
    .noCredentials(CredentialsError("none", mayPass: true)), .unreadableResponse,
    .outcomeUnknown(TransportError(requestWasSent: true, cause: .timedOut, message: "late")),
    .outcomeUnknown(TransportError(requestWasSent: true, cause: .notResent, message: "veto")),
    refused(400, "ClientException"), refused(403, "AccessDeniedException"), refused(403, "ExpiredTokenException"),
    refused(500, "ServerException"), refused(502, ""), refused(503, ""), refused(504, ""), refused(301, ""),
  ]

  @Test(
    "allows three attempts, or as many as AWS_MAX_ATTEMPTS says",
    arguments: [(nil, 3), ("", 3), ("1", 1), ("2", 2), ("3", 3), ("10", 10)] as [(String?, Int)])
  func attempts(variable: String?, attempts: Int) throws {
    let policy = try policy(variable)
    for error in [Self.notSent, Self.throttled] {
      for attempt in 1..<attempts { #expect(policy.pause(after: error, attempt: attempt) != nil) }
      #expect(policy.pause(after: error, attempt: attempts) == nil)
      #expect(policy.pause(after: error, attempt: attempts + 1) == nil)
    }
  }

  @Test(
    "throws an error that names AWS_MAX_ATTEMPTS if it is not an integer from 1 to 10",
    arguments: ["0", "11", "-1", "three", "3.0", " 3", "1e1", "99999999999999999999"])
  func badVariable(text: String) {
    let error = #expect(throws: EnvironmentError.self) { try policy(text) }
    #expect(error?.variable == "AWS_MAX_ATTEMPTS")
    #expect(error?.reason.contains("\"\(text)\"") == true)
  }

  @Test("doesn't retry a job that may have been accepted, or that would be refused again", arguments: [1, 2, 9])
  func neverAgain(attempt: Int) throws {
    let policy = try policy("10")
    for error in Self.final { #expect(policy.pause(after: error, attempt: attempt) == nil, "\(error)") }
  }

  @Test("waits for a random part of a span that doubles up to 20 s", arguments: 1...9)
  func spans(attempt: Int) throws {
    for (error, first) in [(Self.notSent, 50), (Self.throttled, 1000)] {
      let span = Duration.milliseconds(min(first << (attempt - 1), 20_000))
      #expect(try policy("10", random: 0).pause(after: error, attempt: attempt) == .zero)
      #expect(try policy("10", random: 0.5).pause(after: error, attempt: attempt) == span / 2)
      let longest = try #require(try policy("10", random: 1 - .ulpOfOne).pause(after: error, attempt: attempt))
      #expect(longest <= span && longest > span - .milliseconds(1))
    }
  }

  private func policy(_ attempts: String?, random: Double = 0.5) throws(EnvironmentError) -> RetryPolicy {
    var variables: [String: String] = [:]
    variables["AWS_MAX_ATTEMPTS"] = attempts
    return try RetryPolicy(environment: Environment(variables)) { random }
  }

  private static func refused(_ status: Int, _ code: String) -> BatchError {
    .refused(ServiceRefusal(status: status, code: code, message: "", retryAfter: 1), attempts: 1)
  }
}
