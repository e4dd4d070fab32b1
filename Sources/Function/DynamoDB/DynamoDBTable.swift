internal import AWSService
package import Credentials
internal import HTTPTransport
package import Platform
package import RawJSON

/// One table of DynamoDB, for single-item writes under a condition.
///
/// A write is repeated if it is throttled, if DynamoDB fails, or if its response is lost. It may therefore be applied
/// more than once, also long after its response is given up: its condition has to make that harmless. See
/// [Low-level API](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html).
/// Not thread-safe: a table belongs to one loop.
package final class DynamoDBTable {
  /// The time limit of one attempt: a write takes milliseconds, and one without a response is soon sent again.
  private static let attemptTimeout = Duration.seconds(3)

  /// The first span of the pauses between attempts.
  private static let firstPause = Duration.milliseconds(50)

  /// The table's name or ARN.
  package let name: String
  /// The region that it is in.
  package let region: String

  private let service: ServiceClient
  private let retry: RetryPolicy
  private let clock: WallClock

  /// A table at the endpoint that the environment configures; `random` returns numbers from 0 up to 1, for the pauses.
  ///
  /// - Throws: `EnvironmentError`, which names the variable that is unusable or missing, and `TransportError` if this
  ///   machine's libcurl lacks a required feature.
  package init(
    _ name: String, environment: Environment, credentials: CredentialsProvider, userAgent: String, clock: WallClock,
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
  ) throws {
    let endpoint = try DynamoDBEndpoint.endpoint(environment)
    self.name = name
    region = endpoint.service.region
    self.clock = clock
    retry = try RetryPolicy(environment: environment, random: random)
    service = try ServiceClient(
      endpoint, environment: environment, credentials: credentials, userAgent: userAgent, clock: clock)
  }

  /// A warning for the function's owner about the endpoint, for the log at startup; nil if there is nothing to say.
  package var warning: String? { service.warning }

  /// Opens the first write's connection ahead of time; gives up after 500 ms of silence. Writes nothing.
  package func openConnection() {
    service.openConnection()
  }

  /// Sends a write, again if needed, and waits for its outcome until the deadline.
  package func write(_ write: ConditionalWrite, deadline: Timestamp) throws(TableError) -> WriteOutcome {
    let body = write.body(table: name)
    var attempt = 1
    while true {
      do throws(TableError) {
        return try send(body, write.operation, attempt: attempt, deadline: deadline)
      } catch {
        guard error.mayPass, let pause = retry.pause(first: Self.firstPause, attempt: attempt),
          clock.now + pause < deadline
        else { throw error }
        clock.sleep(for: pause)
        attempt += 1
      }
    }
  }

  private func send(
    _ body: [UInt8], _ operation: ConditionalWrite.Operation, attempt: Int, deadline: Timestamp
  ) throws(TableError) -> WriteOutcome {
    func failure(_ cause: TableError.Cause) -> TableError {
      TableError(table: name, region: region, operation: operation, cause: cause, attempts: attempt)
    }
    let response: HTTPResponse
    do throws(ServiceError) {
      response = try service.post(
        body, to: "/",
        headers: [
          ("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "DynamoDB_20120810.\(operation.rawValue)"),
        ],
        deadline: min(deadline, clock.now + Self.attemptTimeout))
    } catch {
      throw failure(.service(error))
    }
    // A response that may be another request's proves nothing about this one.
    guard !service.responseIsDoubtful else {
      service.disconnect()
      throw failure(.unexpectedResponse("the response may be another request's"))
    }
    guard response.status != 200 else {
      guard (try? JSONObject(parsing: response.body)) != nil else {
        throw failure(.unexpectedResponse("status 200 with a body that is not a JSON object"))
      }
      return .written
    }
    let refusal = ServiceRefusal(response)
    guard refusal.status == 400, refusal.code == "ConditionalCheckFailedException" else {
      throw failure(.refused(refusal))
    }
    return .conditionFailed(try? JSONObject(parsing: response.body)["Item"]?.object())
  }
}

/// The outcome of a conditional write.
package enum WriteOutcome: Sendable {
  /// The condition held, and the item is written.
  case written
  /// The condition failed; with the current item, nil if there is none.
  case conditionFailed(JSONObject?)
}
