internal import Platform

/// Which failures are followed by another attempt, and after which pause.
struct RetryPolicy: Sendable {
  /// Attempts in all, the first among them, as `AWS_MAX_ATTEMPTS` counts them.
  let maximumAttempts: Int
  private let random: @Sendable () -> Double

  /// Three attempts, or as many as `AWS_MAX_ATTEMPTS` says (1 to 10); `random` gives numbers from 0 up to 1.
  init(environment: Environment, random: @escaping @Sendable () -> Double) throws(EnvironmentError) {
    self.random = random
    guard let text = environment["AWS_MAX_ATTEMPTS"] else {
      maximumAttempts = 3
      return
    }
    guard let number = Int(text), (1...10).contains(number) else {
      throw EnvironmentError("AWS_MAX_ATTEMPTS", "\(text.quoted) is no whole number from 1 to 10: set one, or unset it")
    }
    maximumAttempts = number
  }

  /// The pause in milliseconds before another attempt; nil when there is to be none.
  ///
  /// Full jitter: a random part of a span that doubles, from 50 ms for a request that was not sent and from one second
  /// for a throttled one, up to 20 s.
  func pause(after error: BatchError, attempt: Int) -> Int? {
    guard attempt < maximumAttempts else { return nil }
    let first: Int
    switch error {
    case .notSent: first = 50
    case .refused(let refusal, _) where refusal.meaning == .throttled: first = 1000
    case .noCredentials, .outcomeUnknown, .refused, .unreadableAnswer: return nil
    }
    return Int(random() * Double(min(first << (attempt - 1), 20_000)))
  }
}
