internal import HTTPTransport
internal import Platform
internal import RawJSON

/// A client of the [Lambda Runtime API](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
struct RuntimeClient {
  /// The API's header names.
  enum Header {
    static let requestID: StaticString = "Lambda-Runtime-Aws-Request-Id"
    static let deadline: StaticString = "Lambda-Runtime-Deadline-Ms"
    static let invocationID: StaticString = "Lambda-Runtime-Invocation-Id"
    static let traceID: StaticString = "Lambda-Runtime-Trace-Id"
    static let errorType: StaticString = "Lambda-Runtime-Function-Error-Type"
  }

  /// The time limit for connecting: the API is on the same host.
  private static let connectTimeout = Duration.seconds(1)
  /// The largest event accepted, in bytes. Lambda's limit is 6 MiB; the rest is a margin.
  private static let maximumEventSize = 32 << 20

  private let base: String
  private let client: HTTPClient

  /// A client of the API at `host:port`, the format of `AWS_LAMBDA_RUNTIME_API`.
  init(endpoint: String, userAgent: String, clock: WallClock) throws(TransportError) {
    base = "http://\(endpoint)/2018-06-01/runtime"
    var configuration = HTTPClient.Configuration(userAgent: userAgent)
    configuration.connectTimeout = Self.connectTimeout
    configuration.maximumBodySize = Self.maximumEventSize
    client = try HTTPClient(configuration, clock: clock)
  }

  /// Waits for the next invocation, without a time limit, because Lambda freezes the process meanwhile.
  func next() throws(RuntimeError) -> Invocation {
    let response = try send(HTTPRequest(.get, "\(base)/invocation/next", isIdempotent: true))
    guard response.status == 200 else { throw .status(response.status) }
    guard let requestID = response[header: Header.requestID] else { throw .noRequestID }
    let invocationID = response[header: Header.invocationID]
    guard let deadline = response[header: Header.deadline].flatMap({ Int($0) }) else {
      throw .noDeadline(requestID: requestID, invocationID: invocationID)
    }
    return Invocation(
      event: response.body, requestID: requestID, deadline: Timestamp(milliseconds: deadline),
      invocationID: invocationID, traceID: response[header: Header.traceID])
  }

  /// Posts an invocation's result.
  func post(_ result: InvocationResult, to invocation: Invocation) throws(RuntimeError) {
    let (id, invocationID) = (invocation.requestID, invocation.invocationID)
    switch result.ending {
    case .response(let payload):
      try post(payload, to: "/invocation/\(id.percentEncoded())/response", headers: echo(invocationID))
    case .error(let type, let message):
      try fail(requestID: id, invocationID: invocationID, type: type, message: message)
    }
  }

  /// Reports that an invocation can't be handled. The type must have the form `Runtime.Word` or `Function.Word`.
  func fail(requestID: String, invocationID: String?, type: String, message: String) throws(RuntimeError) {
    try post(
      Self.errorBody(type, message), to: "/invocation/\(requestID.percentEncoded())/error",
      headers: echo(invocationID) + [("\(Header.errorType)", type)])
  }

  /// Declares the process ready for a snapshot, and returns in each process that is restored from it, which may be days
  /// later.
  func awaitRestore() throws(RuntimeError) {
    let response = try send(HTTPRequest(.get, "\(base)/restore/next", isIdempotent: false))
    guard response.status == 200 else { throw .status(response.status) }
  }

  /// Reports that the function can't start, or can't go on from a snapshot.
  func failStart(_ error: any Error) throws(RuntimeError) {
    let (call, type) =
      error is RestoreError
      ? ("/restore/error", "Runtime.AfterRestoreError") : ("/init/error", "Function.InvalidConfiguration")
    try post(Self.errorBody(type, "\(error)"), to: call, headers: [("\(Header.errorType)", type)])
  }

  /// Makes the next call use a new connection.
  func disconnect() {
    client.disconnect()
  }

  private func post(
    _ body: [UInt8], to call: String, headers: [HTTPHeader]
  ) throws(RuntimeError) {
    // Posting a response twice is harmless: the second is rejected with status 400.
    var request = HTTPRequest(.post(body), base + call, headers: headers, isIdempotent: true)
    request.headers.append(("Content-Type", "application/json"))
    let response = try send(request)
    guard response.status / 100 == 2 else { throw .status(response.status) }
  }

  private func send(_ request: HTTPRequest) throws(RuntimeError) -> HTTPResponse {
    do throws(TransportError) {
      return try client.send(request)
    } catch {
      throw .transport(error)
    }
  }

  private func echo(_ invocationID: String?) -> [HTTPHeader] {
    invocationID.map { [(Header.invocationID.description, $0)] } ?? []
  }

  private static func errorBody(_ type: String, _ message: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.member("errorMessage", message)
    writer.member("errorType", type)
    return writer.bytes
  }
}
