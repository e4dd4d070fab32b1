internal import Foundation
internal import HTTPTransport
internal import Platform
internal import Synchronization

/// Sends each request once, on a fresh connection.
struct Caller: Sendable {
  /// A complete response.
  struct Response: Hashable, Sendable {
    let status: Int
    let body: [UInt8]
    /// `Retry-After`, in seconds; nil without one.
    var retryAfter: Int? = nil

    /// Whether its status is a 2xx.
    var isSuccess: Bool { (200...299).contains(status) }
  }

  /// The CA bundle for `https`.
  var certificateBundle: CertificateBundle?
  /// Signs the requests; nil leaves them unsigned.
  var signing: HTTPTarget.Signing?
  var clock = WallClock.system

  /// The longest wait for a response: API Gateway's own limit is 29 s.
  private static let patience = Duration.seconds(35)

  /// Posts a body, with an `Idempotency-Key` if it isn't nil. Returns nil without a response, and at once when the task is cancelled.
  func post(_ body: [UInt8], contentType: String, key: String? = nil, to url: String) async -> Response? {
    let waiting = Waiting()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        waiting.begin(continuation)
        // On a thread of its own, because the transport blocks.
        Thread.detachNewThread { waiting.end(exchange(body, contentType, key, url)) }
      }
    } onCancel: {
      waiting.end(nil)
    }
  }

  private func exchange(_ body: [UInt8], _ contentType: String, _ key: String?, _ url: String) -> Response? {
    guard let target = HTTPURL(url), let client = client(for: url) else { return nil }
    var request = PostBuilder(target, signing: signing).post(body, contentType: contentType, at: clock.now)
    // Suppress Expect: 100-continue: libcurl would wait a second for a reply that never comes.
    request.headers.append(("Expect", ""))
    if let key { request.headers.append(("Idempotency-Key", "\"\(key)\"")) }
    guard let response = try? client.send(request, deadline: clock.now + Self.patience) else {
      return nil
    }
    return Response(
      status: response.status, body: response.body, retryAfter: response[header: "Retry-After"].flatMap { Int($0) })
  }

  /// A client without a connection; nil when libcurl can't create one.
  func client(for url: String) -> HTTPClient? {
    try? HTTPClient(.comparison(isSecure: HTTPURL(url)?.isSecure == true, certificateBundle), clock: clock)
  }

  /// A wait that ends once, by a response or by cancellation, whichever comes first.
  private final class Waiting: Sendable {
    private enum State {
      case notBegun
      case waiting(CheckedContinuation<Response?, Never>)
      case ended
    }

    private let state = Mutex(State.notBegun)

    func begin(_ continuation: CheckedContinuation<Response?, Never>) {
      let hasEnded = state.withLock { state in
        if case .ended = state { return true }
        state = .waiting(continuation)
        return false
      }
      if hasEnded { continuation.resume(returning: nil) }
    }

    func end(_ response: Response?) {
      let continuation = state.withLock { state -> CheckedContinuation<Response?, Never>? in
        defer { state = .ended }
        guard case .waiting(let continuation) = state else { return nil }
        return continuation
      }
      continuation?.resume(returning: response)
    }
  }
}

extension HTTPClient.Configuration {
  /// The configuration of every client of a comparison, whether its requests are measured or only judged.
  ///
  /// - Parameter isSecure: whether its requests go to `https`. Servers on this machine speak plain HTTP and are out of
  ///   a proxy's reach.
  static func comparison(isSecure: Bool, _ certificateBundle: CertificateBundle?) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(userAgent: "apigw-batch-compare")
    configuration.certificateBundle = certificateBundle
    configuration.proxies = isSecure ? ProxyVariables(environment: .process, isSecure: true) : nil
    // More than API Gateway's limit for a response, which is 10 MB.
    configuration.maximumBodySize = 11_000_000
    return configuration
  }
}
