/// The last invocations with their results, for those that are delivered again.
///
/// Lambda repeats the request id with the same event when it doesn't have the response yet. A caller who reuses an id for
/// another event has made another request.
struct RecentInvocations {
  /// How many are kept at most.
  private static let capacity = 8
  /// How many bytes of events are kept at most, unless the last event alone is larger.
  private static let maximumSize = 1 << 20

  private var kept: [(invocation: Invocation, result: InvocationResult)] = []
  private var size = 0

  /// The result of the same invocation; nil when it is a new one.
  func result(of invocation: Invocation) -> InvocationResult? {
    kept.last { $0.invocation.requestID == invocation.requestID && $0.invocation.event == invocation.event }?.result
  }

  /// Keeps a result.
  mutating func add(_ result: InvocationResult, of invocation: Invocation) {
    kept.append((invocation, result))
    size += invocation.event.count
    while kept.count > Self.capacity || (kept.count > 1 && size > Self.maximumSize) {
      size -= kept.removeFirst().invocation.event.count
    }
  }
}
