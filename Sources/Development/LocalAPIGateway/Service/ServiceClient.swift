internal import Foundation
internal import HTTPTransport
internal import LocalLambda
internal import Platform
internal import SigV4
internal import Synchronization

/// Signs requests to AWS Batch and sends them, each once.
///
/// The transport blocks, so that each request has a thread of its own: the callers' tasks wait without one. Connections
/// that are free are used again.
final class ServiceClient: Sendable {
  /// How many free connections are kept, of all regions together.
  private static let maximumFreeConnections = 64

  private let environment: Environment
  private let credentials: AWSCredentials
  private let userAgent: String
  private let clock: WallClock
  private let free = Mutex<[ServiceConnection]>([])

  /// A client whose endpoints are those of the environment: `AWS_ENDPOINT_URL_BATCH` and what else `BatchEndpoint` reads,
  /// but for the region, which is each request's own.
  init(
    environment: Environment, credentials: AWSCredentials, userAgent: String = "AmazonAPIGateway", clock: WallClock
  ) {
    self.environment = environment
    self.credentials = credentials
    self.userAgent = userAgent
    self.clock = clock
  }

  /// Sends a request and gives its answer, whatever its status.
  ///
  /// - Throws: an `INTEGRATION_TIMEOUT` when the request's time limit passes before the whole answer is there, an
  ///   `INTEGRATION_FAILURE` when there is no connection or no whole answer, or when the task is cancelled: the request
  ///   is sent all the same, and nobody waits for its answer any more; and a configuration error for a service,
  ///   method or endpoint that there is no way to send to.
  func send(_ request: ServiceRequest) async throws(GatewayFailure) -> BufferedResponse {
    let deadline = clock.now + request.timeout
    let (results, result) = AsyncStream.makeStream(of: Result<BufferedResponse, GatewayFailure>.self)
    Thread.detachNewThread {
      result.yield(Result { () throws(GatewayFailure) in try self.exchange(request, deadline: deadline) })
    }
    for await first in results { return try first.get() }
    throw .integrationFailure("the request was cancelled")
  }

  private func exchange(_ request: ServiceRequest, deadline: Timestamp) throws(GatewayFailure) -> BufferedResponse {
    guard request.service == "batch" else {
      throw .configuration("the service \(request.service.quoted) can't be called from here: only batch can")
    }
    let connection =
      if let free = freeConnection(to: request.region) { free } else { try newConnection(to: request.region) }
    let response = try connection.send(request, deadline: deadline)
    free.withLock { if $0.count < Self.maximumFreeConnections { $0.append(connection) } }
    return response
  }

  /// The connection that was used last.
  private func freeConnection(to region: String) -> ServiceConnection? {
    free.withLock { free in
      free.lastIndex { $0.region == region }.map { free.remove(at: $0) }
    }
  }

  private func newConnection(to region: String) throws(GatewayFailure) -> ServiceConnection {
    do {
      return try ServiceConnection(
        environment: environment.setting("AWS_REGION", to: region), credentials: credentials, userAgent: userAgent,
        clock: clock)
    } catch let error as TransportError {
      throw .integrationFailure("\(error)")
    } catch {
      throw .configuration("\(error)")
    }
  }
}
