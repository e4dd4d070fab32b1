package import Batch
internal import Foundation
internal import HTTPTransport
package import Platform
package import SigV4

/// The job queues and job definitions of a Batch, as its Describe operations show them. Nothing else is sent.
///
/// Each request is sent once, and waits `timeLimit` at most for its answer.
package struct BatchInventory: Sendable {
  /// A job queue as [DescribeJobQueues](https://docs.aws.amazon.com/batch/latest/APIReference/API_JobQueueDetail.html)
  /// shows it.
  package struct JobQueue: Hashable, Sendable, Decodable {
    /// Its name.
    package let jobQueueName: String
    /// Its ARN.
    package let jobQueueArn: String
    /// `ENABLED` or `DISABLED`.
    package let state: String
    /// `VALID`, or why it isn't: `CREATING`, `UPDATING`, `DELETING`, `DELETED`, `INVALID`.
    package let status: String?
    /// More about the status.
    package let statusReason: String?
  }

  /// A revision of a job definition as
  /// [DescribeJobDefinitions](https://docs.aws.amazon.com/batch/latest/APIReference/API_JobDefinition.html) shows it.
  package struct JobDefinition: Hashable, Sendable, Decodable {
    /// Its name, without the revision.
    package let jobDefinitionName: String
    /// The revision.
    package let revision: Int
    /// `ACTIVE`, or `INACTIVE` when it is deregistered.
    package let status: String?
  }

  /// Where it is.
  package let endpoint: BatchEndpoint
  private let client: DescribeClient
  private let timeLimit: Duration

  /// A Batch in a region; `environment` says where it is, as for the function.
  ///
  /// - Throws: when a variable of the environment can't be used.
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

  /// The job queues of these names that there are, or any one of all when no name is given.
  package func jobQueues(_ names: [String]) async throws(BatchInventoryError) -> [JobQueue] {
    let page: JobQueues = try await ask(
      "describejobqueues", names.isEmpty ? JobQueuesQuery(maxResults: 1) : JobQueuesQuery(jobQueues: names))
    return page.jobQueues
  }

  /// The revisions of a job definition, in any order, those that are deregistered among them.
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

  /// A page has 100 revisions, and a definition with more than so many pages of them is looked at no further.
  private static let maximumPages = 100

  private func ask<Answer: Decodable>(
    _ operation: String, _ query: some Encodable
  ) async throws(BatchInventoryError) -> Answer {
    guard let body = try? JSONEncoder().encode(query) else { throw .unreadable("the request can't be written") }
    let response: HTTPResponse
    do throws(TransportError) {
      response = try await client.post("/v1/\(operation)", body: Array(body), timeLimit: timeLimit)
    } catch {
      throw .unreachable(
        error.cause == .timedOut ? "no response within \(timeLimit.components.seconds) s" : "\(endpoint.url): \(error)")
    }
    guard response.status == 200 else { throw .refused(BatchRefusal(response)) }
    do {
      return try JSONDecoder().decode(Answer.self, from: Data(response.body))
    } catch {
      throw .unreadable("its answer to \(operation) is not Batch's")
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

/// Why a Batch didn't say what it has.
package enum BatchInventoryError: Error, Hashable, Sendable {
  /// There is no connection, or no whole answer in time.
  case unreachable(String)
  /// It answered with an error.
  case refused(BatchRefusal)
  /// What answered doesn't speak as Batch does.
  case unreadable(String)
}
