internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import LocalServer
internal import NIOCore

/// Responds to every request: checks its signature, runs the operation that its `X-Amz-Target` names, and formats every
/// error as DynamoDB's JSON protocol does.
struct TableFrontDoor<Context: RequestContext>: RouterMiddleware {
  let verifier: SignatureVerifier
  let store: ItemStore

  /// The largest body that is read, in bytes, as in DynamoDB.
  private static var maximumBody: Int { 16 << 20 }

  private static var targetPrefix: String { "DynamoDB_20120810." }

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var request = request
    do {
      let body = Array(try await request.collectBody(upTo: Self.maximumBody).readableBytesView)
      do {
        try verifier.verify(request.head, body: body)
      } catch {
        throw TableError(code: error.code, message: error.message, namespace: TableError.frontDoor)
      }
      try await store.write(try WriteInput(parsing: body, operation: try operation(of: request)))
      return try Response(json: WriteOutput(), status: .ok)
    } catch let error as TableError {
      return try Response(json: error, status: .badRequest)
    }
  }

  private func operation(of request: Request) throws(TableError) -> WriteInput.Operation {
    let target = HTTPField.Name("X-Amz-Target").flatMap { request.headers[$0] } ?? ""
    let name = target.hasPrefix(Self.targetPrefix) ? String(target.dropFirst(Self.targetPrefix.count)) : target
    guard request.method == .post, request.uri.path == "/", let operation = WriteInput.Operation(rawValue: name) else {
      throw .unknownOperation(name)
    }
    return operation
  }
}

/// The output of a write: an empty object.
private struct WriteOutput: Encodable {}

extension Response {
  fileprivate init(json value: some Encodable, status: HTTPResponse.Status) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    self.init(
      status: status, headers: [.contentType: "application/x-amz-json-1.0"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    if let name = HTTPField.Name("x-amzn-RequestId") { headers[name] = UUID().uuidString }
  }
}
