internal import Foundation
internal import LocalServer

/// Responds to every request: checks its signature, runs the operation that its `X-Amz-Target` names, and formats every
/// error as DynamoDB's JSON protocol does.
struct TableFrontDoor: Responder {
  let verifier: SignatureVerifier
  let store: ItemStore

  /// As in DynamoDB.
  let maximumBodySize = 16 << 20

  private static let targetPrefix = "DynamoDB_20120810."

  func respond(to request: BufferedRequest) async throws -> BufferedResponse {
    let body = try request.body
    do {
      do {
        try verifier.verify(request, body: body)
      } catch {
        throw TableError(code: error.code, message: error.message, namespace: TableError.frontDoor)
      }
      try await store.write(try WriteInput(parsing: body, operation: try operation(of: request)))
      return try BufferedResponse(json: WriteOutput(), status: 200)
    } catch let error as TableError {
      return try BufferedResponse(json: error, status: 400)
    }
  }

  private func operation(of request: BufferedRequest) throws(TableError) -> WriteInput.Operation {
    let target = request.header("X-Amz-Target") ?? ""
    let name = target.hasPrefix(Self.targetPrefix) ? String(target.dropFirst(Self.targetPrefix.count)) : target
    guard request.method == "POST", request.path == "/", let operation = WriteInput.Operation(rawValue: name) else {
      throw .unknownOperation(name)
    }
    return operation
  }
}

/// The output of a write: an empty object.
private struct WriteOutput: Encodable {}

extension BufferedResponse {
  fileprivate init(json value: some Encodable, status: Int) throws {
    self.init(
      status: status, json: try JSONEncoder.response.encode(value), contentType: "application/x-amz-json-1.0")
    headers.add("x-amzn-RequestId", UUID().uuidString)
  }
}
