internal import Glibc
package import Platform
internal import RawJSON

/// Writes log lines as Lambda's log configuration requires.
///
/// `AWS_LAMBDA_LOG_FORMAT` (`JSON`, or text) and `AWS_LAMBDA_LOG_LEVEL` (`TRACE` to `FATAL`; `INFO` when unset or unknown)
/// are [Lambda's own variables](https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html).
/// Texts may come from a caller, so both formats escape anything that could pass for another line or field.
package struct Logger: Sendable {
  private let writesJSON: Bool
  private let threshold: LogRecord.Level
  private let clock: WallClock
  private let write: @Sendable ([UInt8]) -> Void
  /// Keeps the lines of several threads apart: a pipe takes a long line in parts.
  private let turn = Monitor(())

  /// Writes a line to standard error, in a single write if possible.
  package static let standardError: @Sendable ([UInt8]) -> Void = { line in
    var rest = line[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return }
      rest = rest.dropFirst(max(0, count))
    }
  }

  /// A logger that writes to standard error by default.
  package init(
    environment: Environment, clock: WallClock, write: @escaping @Sendable ([UInt8]) -> Void = Logger.standardError
  ) {
    self.writesJSON = environment["AWS_LAMBDA_LOG_FORMAT"]?.equalsIgnoringASCIICase("JSON") == true
    let level = environment["AWS_LAMBDA_LOG_LEVEL"]
    self.threshold = LogRecord.Level.allCases.first { level?.equalsIgnoringASCIICase($0.name) == true } ?? .info
    self.clock = clock
    self.write = write
  }

  /// Writes a record, unless its level is below the threshold.
  package func log(_ record: LogRecord, requestID: String? = nil) {
    guard record.level >= threshold else { return }
    var line = writesJSON ? json(record, requestID) : text(record, requestID)
    line.append(UInt8(ascii: "\n"))
    turn.withLock { _ in write(line) }
  }

  private func json(_ record: LogRecord, _ requestID: String?) -> [UInt8] {
    var writer = JSONWriter(escapesInvisible: true)
    writer.member("timestamp", clock.now.rfc3339)
    writer.member("level", record.level.name)
    writer.member("message", record.message)
    if let requestID { writer.member("requestId", requestID) }
    for field in record.fields {
      switch field.value {
      case .string(let text): writer.member(field.name, text)
      case .number(let number): writer.member(field.name, number)
      }
    }
    return writer.bytes
  }

  private func text(_ record: LogRecord, _ requestID: String?) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(512)
    line.append(clock.now.rfc3339)
    line.append(UInt8(ascii: "\t"))
    VisibleText.append(requestID ?? "-", to: &line)
    line.append(UInt8(ascii: "\t"))
    line.append(record.level.name)
    line.append(UInt8(ascii: "\t"))
    // In quotation marks, a message can't pass for fields.
    if VisibleText.isPlain(record.message), !record.message.utf8.contains(UInt8(ascii: "=")) {
      line.append(record.message)
    } else {
      line.append(quoted: record.message)
    }
    for field in record.fields {
      line.append(UInt8(ascii: " "))
      field.name.withUTF8Buffer { line.append(contentsOf: $0) }
      line.append(UInt8(ascii: "="))
      switch field.value {
      case .string(let text): line.append(quoted: text)
      case .number(let number): line.append(String(number))
      }
    }
    return line
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(contentsOf: $0) }
  }

  fileprivate mutating func append(quoted text: String) {
    append(UInt8(ascii: "\""))
    VisibleText.append(text, to: &self)
    append(UInt8(ascii: "\""))
  }
}
