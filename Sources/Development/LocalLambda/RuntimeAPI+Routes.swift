internal import Foundation
internal import LocalServer
internal import Platform

/// The routes of the Runtime API, version 2018-06-01.
///
/// See [Using the Lambda runtime API](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
extension RuntimeAPI: Responder {
  /// The largest event and the largest response, in bytes.
  static let maximumPayloadSize = 6 * 1024 * 1024 + 100

  nonisolated var maximumBodySize: Int { Self.maximumPayloadSize }

  nonisolated func respond(to request: BufferedRequest) async throws -> BufferedResponse {
    do {
      let path = request.path.split(separator: "/")
      guard path.starts(with: ["2018-06-01", "runtime"]) else { return .notFound }
      switch (request.method, path.dropFirst(2).first, path.last, path.count) {
      case ("GET", "invocation", "next", 4): return BufferedResponse(event: try await next())
      case ("POST", "invocation", "response", 5): try await postResponse(request, requestID: String(path[3]))
      case ("POST", "invocation", "error", 5):
        let error = try FunctionError(posted: request)
        try await respond(.functionError(error), to: String(path[3]), invocationID: request.invocationID)
      case ("POST", "init", "error", 4): try await failInit(FunctionError(posted: request))
      default: return .notFound
      }
      return .accepted
    } catch let error as RuntimeAPIError {
      let body = ["errorMessage": error.message, "errorType": error.type]
      return BufferedResponse(status: error.status, json: try JSONEncoder.response.encode(body))
    }
  }

  private nonisolated func postResponse(_ request: BufferedRequest, requestID: String) async throws {
    func fail(_ error: FunctionError) async throws {
      try await respond(.functionError(error), to: requestID, invocationID: request.invocationID)
    }
    if let mode = request.header("Lambda-Runtime-Function-Response-Mode"), mode != "streaming" {
      try await fail(FunctionError(type: "Runtime.InvalidResponseModeHeader", payload: []))
      throw RuntimeAPIError.invalidResponseMode
    }
    let payload: [UInt8]
    do {
      payload = try request.body
    } catch .truncated {
      try await fail(FunctionError(type: "Runtime.TruncatedResponse", payload: []))
      throw RuntimeAPIError.truncated
    } catch .tooLarge(let size) {
      // Lambda returns this error to the caller by itself; the process doesn't post another.
      try await fail(
        FunctionError(
          type: "Function.ResponseSizeTooLarge",
          message: "Response payload size (\(size) bytes) exceeded maximum allowed payload size "
            + "(\(Self.maximumPayloadSize) bytes)."))
      throw RuntimeAPIError.entityTooLarge
    }
    try await respond(.response(payload), to: requestID, invocationID: request.invocationID)
  }
}

extension FunctionError {
  /// The error in a request to `/error`, whose type is in a header. A payload that is too large is left out.
  fileprivate init(posted request: BufferedRequest) throws(BodyError) {
    let type = request.header("Lambda-Runtime-Function-Error-Type") ?? ""
    let payload: [UInt8]
    do { payload = try request.body } catch .tooLarge { payload = [] }
    self.init(type: Self.validType(type), payload: payload)
  }

  /// The type itself if Lambda accepts it, or else Lambda's replacement.
  static func validType(_ type: String) -> String {
    if type.contains(#/(Runtime|Function)\.[A-Z][a-zA-Z]+/#) { return type }
    return type.hasPrefix("Function.") ? "Function.Unknown" : "Runtime.Unknown"
  }
}

extension BufferedRequest {
  fileprivate var invocationID: String? { header("Lambda-Runtime-Invocation-Id") }
}

extension BufferedResponse {
  /// The response to an accepted post.
  fileprivate static var accepted: BufferedResponse {
    BufferedResponse(status: 202, json: Data(#"{"status":"OK"}"#.utf8))
  }

  /// The response to a request without a route.
  fileprivate static var notFound: BufferedResponse { BufferedResponse(status: 404) }

  /// The response to `/next`.
  fileprivate init(event: RuntimeAPI.Event) {
    self.init(json: Data(event.payload))
    headers.add("Lambda-Runtime-Aws-Request-Id", event.requestID)
    headers.add("Lambda-Runtime-Deadline-Ms", String(event.deadline.milliseconds))
    headers.add("Lambda-Runtime-Invoked-Function-Arn", event.functionARN)
    headers.add("Lambda-Runtime-Trace-Id", event.traceID)
    headers.add("Lambda-Runtime-Invocation-Id", event.invocationID)
  }
}
