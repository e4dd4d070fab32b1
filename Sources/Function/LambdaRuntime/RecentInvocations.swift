/// The latest invocations and their results, for events that are delivered again.
///
/// Lambda delivers the same event with the same request id again if it hasn't received the response. The same id with a
/// different event is a new request.
struct RecentInvocations {
  /// The maximum number of invocations that are kept.
  private static let capacity = 8
  /// The maximum total size of the kept events, in bytes, unless the last event alone is larger.
  private static let maximumSize = 1 << 20

  private var kept: [(invocation: Invocation, result: InvocationResult)] = []
  private var size = 0

  /// The result of the same invocation; nil if the invocation is new.
  func result(of invocation: Invocation) -> InvocationResult? {
    kept.last { $0.invocation.requestID == invocation.requestID && $0.invocation.event == invocation.event }?.result
  }

  /// Keeps an invocation's result.
  mutating func add(_ result: InvocationResult, of invocation: Invocation) {
    kept.append((invocation, result))
    size += invocation.event.count
    while kept.count > Self.capacity || (kept.count > 1 && size > Self.maximumSize) {
      size -= kept.removeFirst().invocation.event.count
    }
  }
}
