/// The content of one log line.
package struct LogRecord: Sendable {
  /// Lambda's levels, in order. Nothing is logged below `info`; the lower levels exist for `AWS_LAMBDA_LOG_LEVEL`.
  package enum Level: Int, Comparable, Sendable, CaseIterable {
    case trace, debug, info, warn, error, fatal

    var name: String {
      switch self {
      case .trace: "TRACE"
      case .debug: "DEBUG"
      case .info: "INFO"
      case .warn: "WARN"
      case .error: "ERROR"
      case .fatal: "FATAL"
      }
    }

    /// Orders by severity.
    package static func < (one: Level, other: Level) -> Bool { one.rawValue < other.rawValue }
  }

  /// A field's value.
  package enum Value: Sendable {
    /// A text, in quotation marks.
    case string(String)
    /// An integer.
    case number(Int)
  }

  /// The severity.
  package var level: Level
  /// What happened, in words.
  package var message: String
  /// The details, written as JSON members or `name=value`.
  package private(set) var fields: [(name: StaticString, value: Value)] = []

  /// A line without fields.
  package init(_ level: Level, _ message: String) {
    self.level = level
    self.message = message
  }

  /// Adds a text, unless it is nil.
  package mutating func add(_ name: StaticString, _ text: String?) {
    if let text { fields.append((name, .string(text))) }
  }

  /// Adds a number, unless it is nil.
  package mutating func add(_ name: StaticString, _ number: Int?) {
    if let number { fields.append((name, .number(number))) }
  }
}
