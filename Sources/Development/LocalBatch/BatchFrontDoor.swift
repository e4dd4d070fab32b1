internal import Foundation
internal import LocalServer

/// Responds to every request: gives it its id, checks its signature, runs its operation, formats every error and logs.
///
/// It also injects faults on request.
struct BatchFrontDoor: Responder {
  let verifier: SignatureVerifier
  let store: JobStore
  let log: @Sendable (BatchLogEntry) -> Void

  /// API Gateway accepts 10 MB.
  let maximumBodySize = 10_000_000

  func respond(to request: BufferedRequest) async throws -> BufferedResponse {
    let requestID = UUID().uuidString.lowercased()
    var response: BufferedResponse
    let (jobID, error): (String?, ServiceError?)
    do {
      let output = try await output(for: request)
      (jobID, error) = (output.jobID, nil)
      response = BufferedResponse(json: output.json)
    } catch let failure as ServiceError {
      (jobID, error) = (nil, failure)
      response = try BufferedResponse(failure, requestID: requestID)
    }
    response.headers.add("x-amzn-RequestId", requestID)
    log(
      BatchLogEntry(
        method: request.method, path: request.path, status: response.status, jobID: jobID,
        error: error.map { "\($0.code): \($0.message)" }))
    return response
  }

  private func output(for request: BufferedRequest) async throws -> BatchOperation.Output {
    let body = try body(of: request)
    let operation = BatchOperation.requested(by: request)
    if operation?.faults == .submitJob { await store.receive(body) }
    return try await misbehave(operation) {
      do throws(SignatureError) {
        try verifier.verify(request, body: body)
      } catch {
        throw ServiceError(error)
      }
      guard let operation else { throw ServiceError.unknownOperation(request.method, request.path) }
      return try await store.perform(operation, BatchOperation.Input(operation, target: request.target, body: body))
    }
  }

  private func body(of request: BufferedRequest) throws -> [UInt8] {
    do { return try request.body } catch .tooLarge { throw ServiceError.tooLarge }
  }

  /// An operation's response: delayed, replaced by an error or lost, as its configured behaviour says.
  private func misbehave(
    _ operation: BatchOperation?, respond: () async throws -> BatchOperation.Output
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
    if behaviour.fault == .lostResponse { throw LostResponse() }
    return try result.get()
  }
}

extension BufferedResponse {
  /// The response for an error.
  fileprivate init(_ error: ServiceError, requestID: String) throws {
    let body = ["message": error.message(requestID: requestID)]
    self.init(status: error.status, json: try JSONEncoder.response.encode(body))
    headers.add("x-amzn-ErrorType", error.code)
  }
}
