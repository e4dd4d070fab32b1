internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import LocalServer
internal import NIOCore

/// Responds to every request: gives it its id, checks its signature, runs its operation, formats every error and logs.
///
/// It also injects faults on request.
struct BatchFrontDoor: RouterMiddleware {
  typealias Context = BatchRequestContext

  let verifier: SignatureVerifier
  let store: JobStore
  let log: @Sendable (BatchLogEntry) -> Void

  /// The largest body that is read, in bytes; API Gateway accepts 10 MB.
  private static let maximumBody = 10_000_000

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let requestID = UUID().uuidString.lowercased()
    var response: Response
    let (jobID, error): (String?, ServiceError?)
    do {
      let output = try await respond(request, context)
      (jobID, error) = (output.jobID, nil)
      response = Response(json: output.json)
    } catch let failure as ServiceError {
      (jobID, error) = (nil, failure)
      response = try Response(failure, requestID: requestID)
    }
    response.headers.set("x-amzn-RequestId", requestID)
    log(
      BatchLogEntry(
        method: request.method.rawValue, path: request.uri.path, status: response.status.code, jobID: jobID,
        error: error.map { "\($0.code): \($0.message)" }))
    return response
  }

  private func respond(_ request: Request, _ context: Context) async throws -> BatchOperation.Output {
    var request = request
    let body = try await body(of: &request)
    let (method, target) = (request.method, request.head.path ?? "/")
    let operation = BatchOperation.requested(by: method, target.prefix { $0 != "?" })
    if operation?.faults == .submitJob { await store.receive(body) }
    return try await misbehave(operation, context) { [request] in
      do throws(SignatureError) {
        try verifier.verify(request.head, body: body)
      } catch {
        throw ServiceError(error)
      }
      guard let operation else { throw ServiceError.unknownOperation(method.rawValue, request.uri.path) }
      return try await store.perform(operation, BatchOperation.Input(operation, target: target, body: body))
    }
  }

  private func body(of request: inout Request) async throws -> [UInt8] {
    do {
      return Array(try await request.collectBody(upTo: Self.maximumBody).readableBytesView)
    } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
      throw ServiceError.tooLarge
    }
  }

  /// An operation's response: delayed, replaced by an error or lost, as its configured behaviour says.
  private func misbehave(
    _ operation: BatchOperation?, _ context: Context, respond: () async throws -> BatchOperation.Output
  ) async throws -> BatchOperation.Output {
    guard let operation, let faults = operation.faults else { return try await respond() }
    let behaviour = await store.behaviour(for: faults)
    let result: Result<BatchOperation.Output, any Error>
    do {
      if let refusal = behaviour.fault?.refusal(of: operation.name) { throw refusal }
      result = .success(try await respond())
    } catch {
      result = .failure(error)
    }
    // The job exists before the delay starts, so a client that gives up during the delay has still created one.
    if behaviour.delay > .zero { try await Task.sleep(for: behaviour.delay, tolerance: .zero) }
    if behaviour.fault == .lostResponse { try? await context.channel.close() }
    return try result.get()
  }
}

extension HTTPFields {
  /// Sets a header that has no constant.
  fileprivate mutating func set(_ name: String, _ value: String) {
    if let name = HTTPField.Name(name) { self[name] = value }
  }
}

extension Response {
  /// A response with a JSON body.
  fileprivate init(json: Data, status: HTTPResponse.Status = .ok) {
    self.init(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
  }

  /// The response for an error.
  fileprivate init(_ error: ServiceError, requestID: String) throws {
    let json = try JSONEncoder.batch.encode(["message": error.message(requestID: requestID)])
    self.init(json: json, status: HTTPResponse.Status(code: error.status))
    headers.set("x-amzn-ErrorType", error.code)
  }
}

/// What goes with a request to Batch: its connection, which may have to be lost.
struct BatchRequestContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}
