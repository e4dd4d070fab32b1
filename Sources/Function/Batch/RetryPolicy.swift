internal import Platform

/// Decides which failures are retried, and after which pause.
struct RetryPolicy: Sendable {
  /// The total number of attempts, including the first, as `AWS_MAX_ATTEMPTS` counts them.
  let maximumAttempts: Int
  private let random: @Sendable () -> Double

  /// Three attempts, or as many as `AWS_MAX_ATTEMPTS` says (1 to 10); `random` returns numbers from 0 up to 1.
  init(environment: Environment, random: @escaping @Sendable () -> Double) throws(EnvironmentError) {
    self.random = random
    guard let text = environment["AWS_MAX_ATTEMPTS"] else {
      maximumAttempts = 3
      return
    }
    guard let number = Int(text), (1...10).contains(number) else {
      throw EnvironmentError(
        "AWS_MAX_ATTEMPTS", "must be an integer from 1 to 10, not \(text.quoted); fix it or unset it")
    }
    maximumAttempts = number
  }

  /// The pause before the next attempt; nil if the failure must not be retried.
  ///
  /// Uses full jitter: a random part of a span that starts at 50 ms for a request that was not sent, or at one second
  /// for a throttled one, and doubles up to 20 s.
  func pause(after error: BatchError, attempt: Int) -> Duration? {
    guard attempt < maximumAttempts else { return nil }
    let first: Duration
    switch error {
    case .notSent: first = .milliseconds(50)
    case .refused(let refusal, _) where refusal.meaning == .throttled: first = .seconds(1)
    case .noCredentials, .outcomeUnknown, .refused, .unreadableResponse: return nil
    }
    return min(first * (1 << (attempt - 1)), .seconds(20)) * random()
  }
}
