internal import Glibc

extension Timestamp {
  /// Reads an RFC 3339 time in UTC, such as `2026-11-23T08:25:29Z`; less than a millisecond is dropped. Nil otherwise.
  package init?(rfc3339 text: String) {
    let form = "0000-00-00T00:00:00"
    let whole = text.utf8.prefix(form.utf8.count)
    var rest = text.utf8.dropFirst(form.utf8.count)
    guard whole.elementsEqual(form.utf8, by: { $1.isDigit ? $0.isDigit : $0 == $1 }) else { return nil }
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix(while: \.isDigit)
      guard !digits.isEmpty else { return nil }
      for digit in [UInt8](digits.prefix(3)) + Array(repeating: UInt8(ascii: "0"), count: max(0, 3 - digits.count)) {
        fraction = fraction * 10 + Int(digit - UInt8(ascii: "0"))
      }
      rest = rest.dropFirst(1 + digits.count)
    }
    guard rest.elementsEqual("Z".utf8) || rest.elementsEqual("+00:00".utf8) else { return nil }
    let numbers = text.prefix(form.count).split { !$0.isNumber }.compactMap { Int32($0) }
    var fields = tm()
    (fields.tm_year, fields.tm_mon, fields.tm_mday) = (numbers[0] - 1900, numbers[1] - 1, numbers[2])
    (fields.tm_hour, fields.tm_min, fields.tm_sec) = (numbers[3], numbers[4], numbers[5])
    self.init(milliseconds: timegm(&fields) * 1000 + fraction)
    // timegm turns 30 February into 2 March: only a date that exists survives the round trip.
    guard milliseconds >= 0, rfc3339.utf8.starts(with: whole) else { return nil }
  }

  /// The UTC calendar fields, as `gmtime_r` gives them; the epoch's for any earlier instant.
  private var fields: tm {
    var seconds = time_t(max(0, milliseconds) / 1000)
    var fields = tm()
    gmtime_r(&seconds, &fields)
    return fields
  }

  /// ISO 8601 basic format, as `X-Amz-Date` requires: `20261123T082529Z`.
  package var iso8601Basic: String {
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
  package var rfc3339: String {
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
    text.append(Int32(max(0, milliseconds) % 1000), width: 3)
    text.append("Z")
    return text.string
  }
}

/// Formats numbers with a fixed width, without Foundation's formatters.
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
