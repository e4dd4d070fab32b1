package import Platform

/// The number of attempts of a request, and the pauses between them.
package struct RetryPolicy: Sendable {
  /// The total number of attempts, including the first, as `AWS_MAX_ATTEMPTS` counts them.
  package let maximumAttempts: Int
  private let random: @Sendable () -> Double

  /// Three attempts, or as many as `AWS_MAX_ATTEMPTS` says (1 to 10); `random` returns numbers from 0 up to 1.
  package init(environment: Environment, random: @escaping @Sendable () -> Double) throws(EnvironmentError) {
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

  /// A random pause before the next attempt; nil if all attempts are used up.
  ///
  /// Uses full jitter: a random part of a span that starts at `first` and doubles with each attempt, up to 20 s.
  package func pause(first: Duration, attempt: Int) -> Duration? {
    guard attempt < maximumAttempts else { return nil }
    return min(first * (1 << (attempt - 1)), .seconds(20)) * random()
  }
}
