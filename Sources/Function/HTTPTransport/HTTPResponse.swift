internal import Glibc
package import Platform

/// A complete HTTP response.
package struct HTTPResponse: Sendable {
  /// The status code.
  package let status: Int
  /// The body.
  package let body: [UInt8]
  /// The status line and the header fields as received.
  private let head: [UInt8]

  /// A response; `head` contains the header fields, one per line, each ending in CR LF.
  package init(status: Int, head: [UInt8] = [], body: [UInt8] = []) {
    self.status = status
    self.head = head
    self.body = body
  }

  /// The value of the first header field with this name, ignoring case, without surrounding white space.
  package subscript(header name: StaticString) -> String? {
    var line = 0
    while line < head.count {
      let end = endOfLine(from: line)
      if let value = value(of: name, inLine: head[line..<end]) { return value }
      line = end + 1
    }
    return nil
  }

  /// All header fields in order, their values without surrounding white space.
  package var headers: [HTTPHeader] {
    head.split(separator: 0x0a).compactMap { line in
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      return (String(decoding: line[..<colon], as: UTF8.self), Self.value(line[(colon + 1)...]))
    }
  }

  private func endOfLine(from start: Int) -> Int {
    head.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let end = memchr(base + start, 0x0a, bytes.count - start) else {
        return bytes.count
      }
      return base.distance(to: UnsafeRawPointer(end))
    }
  }

  private func value(of name: StaticString, inLine line: ArraySlice<UInt8>) -> String? {
    let length = name.utf8CodeUnitCount
    let colon = line.startIndex + length
    guard line.count > length, line[colon] == UInt8(ascii: ":") else { return nil }
    for offset in 0..<length {
      guard line[line.startIndex + offset].asciiLowercased == name.utf8Start[offset].asciiLowercased else { return nil }
    }
    return Self.value(line[(colon + 1)...])
  }

  /// The text after a colon, without surrounding white space.
  private static func value(_ rest: ArraySlice<UInt8>) -> String {
    let value = rest.drop(while: \.isWhiteSpace)
    let end = value.lastIndex { !$0.isWhiteSpace } ?? value.startIndex - 1
    return String(decoding: value[...end], as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isWhiteSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0d }
}
