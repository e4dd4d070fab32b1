internal import Foundation
internal import HTTPTransport
internal import Platform
internal import Synchronization

/// Sends requests as a client does that has never been there before: each over a connection of its own, and once.
struct Caller: Sendable {
  /// A whole answer.
  struct Answer: Hashable, Sendable {
    let status: Int
    let body: [UInt8]

    /// Whether it claims success.
    var isSuccess: Bool { (200...299).contains(status) }
  }

  /// The CA bundle for `https`.
  var certificateBundle: CertificateBundle?
  /// What signs the requests; nil leaves them unsigned.
  var signing: HTTPTarget.Signing?
  var clock = WallClock.system

  /// The longest wait for an answer: API Gateway's own limit is 29 s.
  private static let patience = Duration.seconds(35)

  /// Posts a body; nil when there is no answer. A task that is cancelled doesn't wait for one.
  func post(_ body: [UInt8], contentType: String, to url: String) async -> Answer? {
    let waiting = Waiting()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        waiting.begin(continuation)
        // The transport blocks.
        Thread.detachNewThread { waiting.end(exchange(body, contentType, url)) }
      }
    } onCancel: {
      waiting.end(nil)
    }
  }

  private func exchange(_ body: [UInt8], _ contentType: String, _ url: String) -> Answer? {
    guard let target = HTTPURL(url), let client = client(for: url) else { return nil }
    var request = PostBuilder(target, signing: signing).post(body, contentType: contentType, at: clock.now)
    // libcurl would have a large body announced, and wait a second for nobody to answer.
    request.headers.append(("Expect", ""))
    guard let response = try? client.send(request, deadline: clock.now + Self.patience) else {
      return nil
    }
    return Answer(status: response.status, body: response.body)
  }

  /// A client without a connection; nil when this machine's libcurl gives none.
  func client(for url: String) -> HTTPClient? {
    try? HTTPClient(.comparison(isSecure: HTTPURL(url)?.isSecure == true, certificateBundle), clock: clock)
  }

  /// A wait that ends once, by an answer or by a cancellation, whichever is first.
  private final class Waiting: Sendable {
    private enum State {
      case notBegun
      case waiting(CheckedContinuation<Answer?, Never>)
      case ended
    }

    private let state = Mutex(State.notBegun)

    func begin(_ continuation: CheckedContinuation<Answer?, Never>) {
      let hasEnded = state.withLock { state in
        if case .ended = state { return true }
        state = .waiting(continuation)
        return false
      }
      if hasEnded { continuation.resume(returning: nil) }
    }

    func end(_ answer: Answer?) {
      let continuation = state.withLock { state -> CheckedContinuation<Answer?, Never>? in
        defer { state = .ended }
        guard case .waiting(let continuation) = state else { return nil }
        return continuation
      }
      continuation?.resume(returning: answer)
    }
  }
}
