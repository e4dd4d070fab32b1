internal import Foundation

/// One connection of a scripted server: reads requests one after the other and does to each what the script says.
final class ServerConnection {
  private let socket: StreamSocket
  private let number: Int
  private let state: Monitor<ScriptedServer.State>
  private var buffer: [UInt8] = []

  init(socket: StreamSocket, number: Int, state: Monitor<ScriptedServer.State>) {
    self.socket = socket
    self.number = number
    self.state = state
  }

  /// Serves until the connection ends, and closes it.
  func serve(_ reply: (ScriptedServer.Request) -> ScriptedServer.Reply) {
    while let request = readRequest() {
      state.withLock { $0.requests.append(request) }
      guard perform(reply(request)) else { break }
    }
    state.withLock { state in
      state.open[number] = nil
      socket.close()
    }
  }

  /// Does one thing to a request; false when the connection is to be closed after it.
  private func perform(_ reply: ScriptedServer.Reply) -> Bool {
    switch reply {
    case .answer(let response):
      return socket.send(response.head + response.body)
    case .answerThenClose(let response):
      socket.send(response.head + response.body)
    case .halfAnswer(let response):
      socket.send(response.head + response.body.prefix(response.body.count / 2))
    case .halfAnswerThenStall(let response):
      socket.send(response.head + response.body.prefix(response.body.count / 2))
      while socket.receive(into: &buffer) {}
    case .bytes(let bytes):
      socket.send(bytes)
    case .close:
      break
    case .reset:
      socket.resetWhenClosed()
    case .stall:
      while socket.receive(into: &buffer) {}
    }
    return false
  }

  private func readRequest() -> ScriptedServer.Request? {
    guard let head = readHead() else { return nil }
    var lines = head.components(separatedBy: "\r\n")
    let start = lines.removeFirst().split(separator: " ").map(String.init)
    guard start.count == 3 else { return nil }
    let headers = lines.filter { !$0.isEmpty }.map { line -> (name: String, value: String) in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
    }
    let framing = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
    if framing["expect"]?.lowercased() == "100-continue" {
      socket.send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
    }
    let chunked = framing["transfer-encoding"]?.lowercased() == "chunked"
    let body = chunked ? readChunks() : take(Int(framing["content-length"] ?? "0") ?? 0)
    guard let body else { return nil }
    return ScriptedServer.Request(
      connection: number, method: start[0], path: start[1], headers: headers, body: body, receivedAt: unixMilliseconds()
    )
  }

  /// The head, or a line of chunked framing, without the bytes that end it.
  private func readHead(endingWith end: String = "\r\n\r\n") -> String? {
    let end = Array(end.utf8)
    while true {
      let starts = buffer.indices.dropLast(end.count - 1)
      if let index = starts.first(where: { buffer[$0] == end[0] && buffer[$0..<$0 + end.count].elementsEqual(end) }) {
        let text = String(decoding: buffer[..<index], as: UTF8.self)
        buffer.removeFirst(index + end.count)
        return text
      }
      guard socket.receive(into: &buffer) else { return nil }
    }
  }

  private func readChunks() -> [UInt8]? {
    var body: [UInt8] = []
    while true {
      guard let line = readHead(endingWith: "\r\n"), let size = Int(line, radix: 16), let chunk = take(size),
        readHead(endingWith: "\r\n") != nil
      else { return nil }
      if size == 0 { return body }
      body += chunk
    }
  }

  private func take(_ count: Int) -> [UInt8]? {
    while buffer.count < count {
      guard socket.receive(into: &buffer) else { return nil }
    }
    defer { buffer.removeFirst(count) }
    return Array(buffer.prefix(count))
  }
}

/// Now, in milliseconds since the Unix epoch.
func unixMilliseconds() -> Int {
  Int(Date().timeIntervalSince1970 * 1000)
}
