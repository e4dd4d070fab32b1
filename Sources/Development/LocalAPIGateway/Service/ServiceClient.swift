internal import HTTPTransport
internal import LocalLambda
internal import LocalServer
internal import Platform
internal import SigV4
internal import Synchronization

/// Signs requests to AWS Batch and sends them, each once.
///
/// The transport blocks, so each request gets a thread from a pool, and callers' tasks wait without one. Idle
/// connections are reused.
final class ServiceClient: Sendable {
  /// The limit of idle connections, for all regions together.
  private static let maximumFreeConnections = 64

  private let environment: Environment
  private let credentials: AWSCredentials
  private let userAgent: String
  private let clock: WallClock
  private let free = Mutex<[ServiceConnection]>([])
  /// The threads that send requests.
  let threads: ThreadPool

  /// A client whose endpoints are configured by the environment, as `BatchEndpoint` reads it (`AWS_ENDPOINT_URL_BATCH`
  /// and others), except for the region, which each request sets.
  ///
  /// - Parameter maximumThreads: the number of requests that are sent at the same time. Others wait, within their limit.
  init(
    environment: Environment, credentials: AWSCredentials, userAgent: String = "AmazonAPIGateway", clock: WallClock,
    maximumThreads: Int = 64
  ) {
    self.environment = environment
    self.credentials = credentials
    self.userAgent = userAgent
    self.clock = clock
    threads = ThreadPool(maximum: maximumThreads)
  }

  /// Sends a request and returns the response, whatever its status.
  ///
  /// - Throws: `INTEGRATION_TIMEOUT` if the complete response doesn't arrive within the request's time limit, part of
  ///   which it may have waited for a thread; `INTEGRATION_FAILURE` without a connection or a complete response, or if
  ///   the task is cancelled (the request is still sent, but its response is dropped); and a configuration error for an
  ///   unsupported service, method or endpoint.
  func send(_ request: ServiceRequest) async throws(GatewayFailure) -> BufferedResponse {
    let deadline = clock.now + request.timeout
    let (results, result) = AsyncStream.makeStream(of: Result<BufferedResponse, GatewayFailure>.self)
    threads.run {
      result.yield(Result { () throws(GatewayFailure) in try self.exchange(request, deadline: deadline) })
    }
    for await first in results { return try first.get() }
    throw .integrationFailure("the request was cancelled")
  }

  private func exchange(_ request: ServiceRequest, deadline: Timestamp) throws(GatewayFailure) -> BufferedResponse {
    guard request.service == "batch" else {
      throw .configuration("the service \(request.service.quoted) is not supported; only batch is")
    }
    guard clock.now < deadline else {
      throw .integrationNotStarted("\(threads.maximum) others were under way until its time was up; send fewer at once")
    }
    let connection =
      if let free = freeConnection(to: request.region) { free } else { try newConnection(to: request.region) }
    let response = try connection.send(request, deadline: deadline)
    free.withLock { if $0.count < Self.maximumFreeConnections { $0.append(connection) } }
    return response
  }

  /// The most recently used idle connection.
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
