package import Platform

/// The settings of idempotency, from the environment.
package struct IdempotencyConfiguration: Sendable {
  /// The settle time below which a warning is logged: the five minutes for which AWS accepts a signature, and the minute
  /// after which ListJobs shows every job.
  static let safeSettleTime = Duration.seconds(360)

  /// The longest life of a key, in seconds: Batch lists a job that has ended for at least seven days.
  private static let longestLife = 7 * 24 * 60 * 60

  /// The table's name or ARN; nil if requests can't have keys.
  package let table: String?
  /// Whether every request must have a key.
  package let isRequired: Bool
  /// How long a key is remembered, from its first request on.
  let life: Duration
  /// How long after a request's time is up Batch may still accept its job, or list it for the first time.
  let settleTime: Duration

  /// The settings in `IDEMPOTENCY_TABLE`, `IDEMPOTENCY_KEY`, `IDEMPOTENCY_EXPIRES_AFTER` and
  /// `IDEMPOTENCY_SETTLES_AFTER`. Throws if one of them has an unusable value.
  package init(environment: Environment) throws(EnvironmentError) {
    table = environment["IDEMPOTENCY_TABLE"]
    if let table, !Self.isTable(table) {
      throw EnvironmentError(
        "IDEMPOTENCY_TABLE", "\(table.quoted) is not the name or the ARN of a DynamoDB table; fix it or unset it")
    }
    switch environment["IDEMPOTENCY_KEY"] {
    case nil, "optional": isRequired = false
    case "required": isRequired = true
    case let text?:
      throw EnvironmentError(
        "IDEMPOTENCY_KEY", "must be optional or required, not \(text.quoted); fix it or unset it")
    }
    if isRequired, table == nil {
      throw EnvironmentError(
        "IDEMPOTENCY_TABLE", "is not set, but IDEMPOTENCY_KEY is required: set it to the name of a DynamoDB table")
    }
    life = try Self.seconds("IDEMPOTENCY_EXPIRES_AFTER", environment, 1...Self.longestLife) ?? .seconds(86_400)
    settleTime = try Self.seconds("IDEMPOTENCY_SETTLES_AFTER", environment, 0...3600) ?? Self.safeSettleTime
  }

  /// A warning for the function's owner, for the log at startup; nil if there is nothing to say.
  package var warning: String? {
    guard table != nil, settleTime < Self.safeSettleTime else { return nil }
    return "IDEMPOTENCY_SETTLES_AFTER: with less than 360 s, a key can get a second job after a crash, "
      + "because AWS accepts a late request for five minutes. Unset it, except in tests."
  }

  private static func seconds(
    _ variable: String, _ environment: Environment, _ range: ClosedRange<Int>
  ) throws(EnvironmentError) -> Duration? {
    guard let text = environment[variable] else { return nil }
    guard text.utf8.allSatisfy(\.isDigit), let number = Int(text), range.contains(number) else {
      throw EnvironmentError(
        variable,
        "must be an integer from \(range.lowerBound) to \(range.upperBound), in seconds, not \(text.quoted); fix it or "
          + "unset it")
    }
    return .seconds(number)
  }

  /// Whether this is a table's name, or an ARN that ends in one.
  private static func isTable(_ text: String) -> Bool {
    var name = text.utf8[...]
    if text.utf8.starts(with: "arn:".utf8) {
      guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")), text.utf8[..<slash].count <= 128,
        text.utf8[..<slash].reversed().starts(with: ":table".utf8.reversed()),
        text.utf8[..<slash].allSatisfy({ $0.isAlphanumeric || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "-") })
      else { return false }
      name = text.utf8[text.utf8.index(after: slash)...]
    }
    return (3...255).contains(name.count)
      && name.allSatisfy { $0.isAlphanumeric || "-_.".utf8.contains($0) }
  }
}
