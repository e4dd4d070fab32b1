internal import Glibc

/// A wall-clock instant, in whole milliseconds since 1970-01-01T00:00:00Z, as the Runtime API counts its deadlines.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Milliseconds since the Unix epoch.
  public let milliseconds: Int

  /// The instant this many milliseconds after the Unix epoch.
  public init(milliseconds: Int) {
    self.milliseconds = milliseconds
  }

  /// The instant a number of milliseconds later, or earlier when it is negative; saturating.
  public func advanced(byMilliseconds interval: Int) -> Timestamp {
    let (sum, overflow) = milliseconds.addingReportingOverflow(interval)
    return Timestamp(milliseconds: overflow ? (interval < 0 ? .min : .max) : sum)
  }

  /// The milliseconds from another instant to this one; saturating.
  public func milliseconds(since other: Timestamp) -> Int {
    let (difference, overflow) = milliseconds.subtractingReportingOverflow(other.milliseconds)
    return overflow ? (milliseconds < other.milliseconds ? .min : .max) : difference
  }

  /// Orders by time.
  public static func < (one: Timestamp, other: Timestamp) -> Bool {
    one.milliseconds < other.milliseconds
  }
}

extension Timestamp {
  /// Reads an RFC 3339 time in UTC, such as `2026-11-23T08:25:29Z`; fractions of a second are dropped, anything else is nil.
  public init?(rfc3339 text: String) {
    let parts = text.split(omittingEmptySubsequences: false) { "-T:".contains($0) }
    guard text.utf8.count >= 20, text.hasSuffix("Z"), parts.count == 6 else { return nil }
    let numbers = parts.map { Int32($0.prefix { $0 != "." && $0 != "Z" }) }
    guard
      let year = numbers[0], let month = numbers[1], let day = numbers[2],
      let hour = numbers[3], let minute = numbers[4], let second = numbers[5],
      (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    var fields = tm()
    (fields.tm_year, fields.tm_mon, fields.tm_mday) = (year - 1900, month - 1, day)
    (fields.tm_hour, fields.tm_min, fields.tm_sec) = (hour, minute, second)
    self.init(milliseconds: timegm(&fields) * 1000)
  }

  /// The UTC calendar fields, as `gmtime_r` gives them.
  private var fields: tm {
    var seconds = time_t(milliseconds / 1000)
    var fields = tm()
    gmtime_r(&seconds, &fields)
    return fields
  }

  /// ISO 8601 basic format, as `X-Amz-Date` wants it: `20261123T082529Z`.
  public var iso8601Basic: String {
    let at = fields
    var text = Digits()
    text.append(at.tm_year + 1900, width: 4)
    text.append(at.tm_mon + 1, width: 2)
    text.append(at.tm_mday, width: 2)
    text.append("T")
    text.append(at.tm_hour, width: 2)
    text.append(at.tm_min, width: 2)
    text.append(at.tm_sec, width: 2)
    text.append("Z")
    return text.string
  }

  /// RFC 3339 with milliseconds, in UTC: `2026-11-23T08:25:29.123Z`.
  public var rfc3339: String {
    let at = fields
    var text = Digits()
    text.append(at.tm_year + 1900, width: 4)
    text.append("-")
    text.append(at.tm_mon + 1, width: 2)
    text.append("-")
    text.append(at.tm_mday, width: 2)
    text.append("T")
    text.append(at.tm_hour, width: 2)
    text.append(":")
    text.append(at.tm_min, width: 2)
    text.append(":")
    text.append(at.tm_sec, width: 2)
    text.append(".")
    text.append(Int32(milliseconds % 1000), width: 3)
    text.append("Z")
    return text.string
  }
}

/// Writes numbers of a fixed width, without Foundation's formatters.
private struct Digits {
  private var bytes: [UInt8] = []

  init() {
    bytes.reserveCapacity(24)
  }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(_ separator: Unicode.Scalar) {
    bytes.append(UInt8(ascii: separator))
  }

  mutating func append(_ number: Int32, width: Int) {
    if width > 1 { append(number / 10, width: width - 1) }
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }
}
