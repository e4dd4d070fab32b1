internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import LocalServer
internal import NIOCore

/// The middleware in front of the operations: gives each request its id, checks its signature and formats every error.
///
/// It also injects faults on request.
struct BatchFrontDoor: RouterMiddleware {
  typealias Context = BatchRequestContext

  let verifier: SignatureVerifier
  let store: JobStore

  /// The largest body that is read, in bytes; API Gateway accepts 10 MB.
  private static let maximumBody = 10_000_000

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let requestID = UUID().uuidString.lowercased()
    var response: Response
    do {
      response = try await respond(request, context, next)
    } catch let error as ServiceError {
      response = try Response(error, requestID: requestID)
    } catch let error as SignatureError {
      response = try Response(ServiceError(error), requestID: requestID)
    }
    response.headers.set("x-amzn-RequestId", requestID)
    return response
  }

  private func respond(
    _ request: Request, _ context: Context, _ next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var request = request
    do {
      let body = Array(try await request.collectBody(upTo: Self.maximumBody).readableBytesView)
      let action = request.method == .post ? Self.actions[request.uri.path] : nil
      if action?.operations == .submitJob { await store.receive(body) }
      return try await misbehave(action, context) {
        try verifier.verify(request.head, body: body)
        return try await next(request, context)
      }
    } catch let error as any HTTPResponseError {
      switch error.status {
      case .contentTooLarge: throw ServiceError.tooLarge
      case .notFound: throw ServiceError.unknownOperation(request.method.rawValue, request.uri.path)
      default: throw error
      }
    }
  }

  /// The actions that faults can be injected into, by path.
  private static let actions: [String: (name: String, operations: EmbeddedBatch.Operations)] = [
    "/v1/submitjob": ("SubmitJob", .submitJob),
    "/v1/describejobs": ("DescribeJobs", .describe),
    "/v1/describejobqueues": ("DescribeJobQueues", .describe),
    "/v1/describejobdefinitions": ("DescribeJobDefinitions", .describe),
  ]

  /// An action's response: delayed, replaced by an error or lost, as its configured behaviour says.
  private func misbehave(
    _ action: (name: String, operations: EmbeddedBatch.Operations)?, _ context: Context,
    respond: () async throws -> Response
  ) async throws -> Response {
    guard let action else { return try await respond() }
    let behaviour = await store.behaviour(for: action.operations)
    let result: Result<Response, any Error>
    do {
      if let refusal = behaviour.fault?.refusal(of: action.name) { throw refusal }
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

extension Router<BatchRequestContext> {
  /// Routes one operation, whose request and response bodies are JSON.
  func operation<Input: Decodable & SendableMetatype, Output: Encodable & SendableMetatype>(
    _ path: RouterPath, _ run: @escaping @Sendable (Input, [UInt8]) async throws -> Output
  ) {
    post(path) { request, _ in
      let body = Array(try await request.body.collect(upTo: .max).readableBytesView)
      return try Response(json: try await run(Input(json: body), body))
    }
  }
}

extension Decodable {
  /// Decodes a request. A member that is missing or has the wrong type is a `ClientException` that names it.
  fileprivate init(json body: [UInt8]) throws(ServiceError) {
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(body))
    } catch DecodingError.keyNotFound(let member, let context) {
      throw .client("\((context.codingPath + [member]).dotted) is required")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context)
    {
      guard !context.codingPath.isEmpty else { throw .notJSON }
      throw .client("\(context.codingPath.dotted) has an invalid value: \(context.debugDescription)")
    } catch {
      throw .notJSON
    }
  }
}

extension [any CodingKey] {
  /// The path to a member, such as `dependsOn[0].jobId`.
  fileprivate var dotted: String {
    reduce(into: "") { path, key in
      path += key.intValue.map { "[\($0)]" } ?? (path.isEmpty ? key.stringValue : ".\(key.stringValue)")
    }
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
  fileprivate init(json value: some Encodable, status: HTTPResponse.Status = .ok) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    self.init(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
  }

  /// The response for an error.
  fileprivate init(_ error: ServiceError, requestID: String) throws {
    try self.init(
      json: ["message": error.message(requestID: requestID)], status: HTTPResponse.Status(code: error.status))
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
