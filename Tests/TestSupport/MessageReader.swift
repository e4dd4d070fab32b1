internal import Foundation

/// Reads HTTP/1.1 messages from a socket, piece by piece.
struct MessageReader {
  private let socket: StreamSocket
  /// The bytes that were received but not read yet.
  private(set) var buffer: [UInt8] = []

  init(_ socket: StreamSocket) {
    self.socket = socket
  }

  /// Waits for more bytes; false at the end of the stream or after an error.
  mutating func receive() -> Bool {
    socket.receive(into: &buffer)
  }

  /// Reads a head, or a line of chunked framing, without its terminator; nil if it doesn't arrive completely.
  mutating func text(before end: String = "\r\n\r\n") -> String? {
    let end = Array(end.utf8)
    while true {
      let starts = buffer.indices.dropLast(end.count - 1)
      if let index = starts.first(where: { buffer[$0] == end[0] && buffer[$0..<$0 + end.count].elementsEqual(end) }) {
        let text = String(decoding: buffer[..<index], as: UTF8.self)
        buffer.removeFirst(index + end.count)
        return text
      }
      guard receive() else { return nil }
    }
  }

  /// Reads this many bytes; nil if they don't arrive, or if the number is negative.
  mutating func take(_ count: Int) -> [UInt8]? {
    guard count >= 0 else { return nil }
    while buffer.count < count {
      guard receive() else { return nil }
    }
    defer { buffer.removeFirst(count) }
    return Array(buffer.prefix(count))
  }

  /// The first line of a head, and its header fields in order.
  static func lines(_ head: String) -> (start: String, headers: [(name: String, value: String)]) {
    var lines = head.components(separatedBy: "\r\n")
    let start = lines.removeFirst()
    let headers = lines.filter { !$0.isEmpty }.map { line -> (name: String, value: String) in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
    }
    return (start, headers)
  }
}
