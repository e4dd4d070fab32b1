internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Platform

extension RuntimeAPI {
  /// The largest event and the largest response, in bytes.
  static let maximumPayloadSize = 6 * 1024 * 1024 + 100

  /// The routes of the Runtime API, version 2018-06-01.
  ///
  /// See [Using the Lambda runtime API](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
  nonisolated func router() -> Router<BasicRequestContext> {
    let router = Router()
    let runtime = router.group("2018-06-01/runtime")
    runtime.get("invocation/next") { _, _ in
      try await self.rendered { Response(event: try await self.next()) }
    }
    runtime.post("invocation/{id}/response") { request, context in
      try await self.rendered {
        try await self.postResponse(request, requestID: context.parameters.require("id"))
        return .accepted
      }
    }
    runtime.post("invocation/{id}/error") { request, context in
      try await self.rendered {
        let error = try await FunctionError(posted: request)
        try await self.respond(
          .functionError(error), to: context.parameters.require("id"), invocationID: request.invocationID)
        return .accepted
      }
    }
    runtime.post("init/error") { request, _ in
      try await self.rendered {
        try await self.failInit(FunctionError(posted: request))
        return .accepted
      }
    }
    return router
  }

  private nonisolated func postResponse(_ request: Request, requestID: String) async throws {
    if let mode = request.header("Lambda-Runtime-Function-Response-Mode"), mode != "streaming" {
      let error = FunctionError(type: "Runtime.InvalidResponseModeHeader", payload: [])
      try await respond(.functionError(error), to: requestID, invocationID: request.invocationID)
      throw RuntimeAPIError.invalidResponseMode
    }
    guard let (payload, size) = try? await request.payload() else {
      let error = FunctionError(type: "Runtime.TruncatedResponse", payload: [])
      try await respond(.functionError(error), to: requestID, invocationID: request.invocationID)
      throw RuntimeAPIError.truncated
    }
    guard size <= Self.maximumPayloadSize else {
      // Lambda returns this error to the caller by itself; the process doesn't post another.
      let error = FunctionError(
        type: "Function.ResponseSizeTooLarge",
        message: "Response payload size (\(size) bytes) exceeded maximum allowed payload size "
          + "(\(Self.maximumPayloadSize) bytes).")
      try await respond(.functionError(error), to: requestID, invocationID: request.invocationID)
      throw RuntimeAPIError.entityTooLarge
    }
    try await respond(.response(payload), to: requestID, invocationID: request.invocationID)
  }

  private nonisolated func rendered(_ respond: () async throws -> Response) async throws -> Response {
    do { return try await respond() } catch let error as RuntimeAPIError {
      let body = try JSONEncoder().encode(["errorMessage": error.message, "errorType": error.type])
      return Response(status: error.status, json: body)
    }
  }
}

extension FunctionError {
  /// The error in a request to `/error`, whose type is in a header.
  fileprivate init(posted request: Request) async throws {
    let type = request.header("Lambda-Runtime-Function-Error-Type") ?? ""
    self.init(type: Self.validType(type), payload: try await request.payload().bytes)
  }

  /// The type itself if Lambda accepts it, or else Lambda's replacement.
  static func validType(_ type: String) -> String {
    if type.contains(#/(Runtime|Function)\.[A-Z][a-zA-Z]+/#) { return type }
    return type.hasPrefix("Function.") ? "Function.Unknown" : "Runtime.Unknown"
  }
}

extension Request {
  fileprivate var invocationID: String? { header("Lambda-Runtime-Invocation-Id") }

  fileprivate func header(_ name: String) -> String? {
    HTTPField.Name(name).flatMap { headers[$0] }
  }

  /// The body, truncated at the size limit, and its full size. It is read to its end, so that the response can be sent.
  fileprivate func payload() async throws -> (bytes: [UInt8], size: Int) {
    var bytes: [UInt8] = []
    var size = 0
    for try await buffer in body {
      size += buffer.readableBytes
      if size <= RuntimeAPI.maximumPayloadSize { bytes += buffer.readableBytesView }
    }
    return (bytes, size)
  }
}

extension Response {
  /// The response to an accepted post.
  fileprivate static var accepted: Response { Response(status: .accepted, json: Data(#"{"status":"OK"}"#.utf8)) }

  fileprivate init(status: HTTPResponse.Status, json: Data) {
    self.init(
      status: status, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: json)))
  }

  /// The response to `/next`.
  fileprivate init(event: RuntimeAPI.Event) {
    var headers: HTTPFields = [.contentType: "application/json"]
    let fields = [
      "Lambda-Runtime-Aws-Request-Id": event.requestID,
      "Lambda-Runtime-Deadline-Ms": String(event.deadline.milliseconds),
      "Lambda-Runtime-Invoked-Function-Arn": event.functionARN,
      "Lambda-Runtime-Trace-Id": event.traceID,
      "Lambda-Runtime-Invocation-Id": event.invocationID,
    ]
    for (name, value) in fields {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    self.init(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: event.payload)))
  }
}
