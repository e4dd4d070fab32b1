package import AWSService
package import Batch
internal import Foundation
internal import HTTPTransport
package import Platform
package import SigV4

/// The job queues and job definitions of a Batch, as returned by its Describe operations. Nothing else is sent.
///
/// Each request is sent once, and waits at most `timeLimit` for its response.
package struct BatchInventory: Sendable {
  /// A job queue as [DescribeJobQueues](https://docs.aws.amazon.com/batch/latest/APIReference/API_JobQueueDetail.html)
  /// returns it.
  package struct JobQueue: Hashable, Sendable, Decodable {
    /// Its name.
    package let jobQueueName: String
    /// Its ARN.
    package let jobQueueArn: String
    /// `ENABLED` or `DISABLED`.
    package let state: String
    /// `VALID`, `CREATING`, `UPDATING`, `DELETING`, `DELETED` or `INVALID`.
    package let status: String?
    /// Details about the status.
    package let statusReason: String?
  }

  /// A revision of a job definition as
  /// [DescribeJobDefinitions](https://docs.aws.amazon.com/batch/latest/APIReference/API_JobDefinition.html) returns it.
  package struct JobDefinition: Hashable, Sendable, Decodable {
    /// Its name, without the revision.
    package let jobDefinitionName: String
    /// The revision.
    package let revision: Int
    /// `ACTIVE`, or `INACTIVE` if it is deregistered.
    package let status: String?
  }

  /// The endpoint of the Batch.
  package let endpoint: BatchEndpoint
  private let client: DescribeClient
  private let timeLimit: Duration

  /// A Batch in a region, located by `environment` as it is for the function.
  ///
  /// - Throws: if a variable of the environment is invalid.
  package init(
    environment: Platform.Environment, region: String, credentials: AWSCredentials, timeLimit: Duration = .seconds(5),
    clock: WallClock = .system
  ) throws(EnvironmentError) {
    endpoint = try BatchEndpoint(environment: environment.setting("AWS_REGION", to: region))
    client = DescribeClient(
      endpoint: endpoint.service, certificateBundle: try CertificateBundle(environment: environment),
      credentials: credentials, clock: clock)
    self.timeLimit = timeLimit
  }

  /// The existing job queues with these names; without names, an arbitrary one of all queues.
  package func jobQueues(_ names: [String]) async throws(BatchInventoryError) -> [JobQueue] {
    let page: JobQueues = try await ask(
      "describejobqueues", names.isEmpty ? JobQueuesQuery(maxResults: 1) : JobQueuesQuery(jobQueues: names))
    return page.jobQueues
  }

  /// The revisions of a job definition, in any order, including deregistered ones.
  package func revisions(ofJobDefinition name: String) async throws(BatchInventoryError) -> [JobDefinition] {
    var revisions: [JobDefinition] = []
    var query = ["jobDefinitionName": name]
    for _ in 0..<Self.maximumPages {
      let page: JobDefinitions = try await ask("describejobdefinitions", query)
      revisions += page.jobDefinitions
      guard let token = page.nextToken else { break }
      query["nextToken"] = token
    }
    return revisions
  }

  /// The largest number of pages that are read. A page has 100 revisions.
  private static let maximumPages = 100

  private func ask<Answer: Decodable>(
    _ operation: String, _ query: some Encodable
  ) async throws(BatchInventoryError) -> Answer {
    guard let body = try? JSONEncoder().encode(query) else { throw .unreadable("the request can't be encoded") }
    let response: HTTPResponse
    do throws(TransportError) {
      response = try await client.post("/v1/\(operation)", body: Array(body), timeLimit: timeLimit)
    } catch {
      throw .unreachable(
        error.cause == .timedOut ? "no response within \(timeLimit.components.seconds) s" : "\(endpoint.url): \(error)")
    }
    guard response.status == 200 else { throw .refused(ServiceRefusal(response)) }
    do {
      return try JSONDecoder().decode(Answer.self, from: Data(response.body))
    } catch {
      throw .unreadable("unexpected response to \(operation)")
    }
  }

  private struct JobQueuesQuery: Encodable {
    var jobQueues: [String]?
    var maxResults: Int?
  }

  private struct JobQueues: Decodable {
    let jobQueues: [JobQueue]
  }

  private struct JobDefinitions: Decodable {
    let jobDefinitions: [JobDefinition]
    let nextToken: String?
  }
}

/// Why the contents of a Batch are unknown.
package enum BatchInventoryError: Error, Equatable, Sendable {
  /// The connection failed, or no complete response came in time.
  case unreachable(String)
  /// It returned an error.
  case refused(ServiceRefusal)
  /// The response didn't come from Batch.
  case unreadable(String)
}
