internal import Foundation

/// One connection of a scripted server, which reads requests one after the other and replies as the script says.
final class ServerConnection {
  private let socket: StreamSocket
  private let number: Int
  private let state: Monitor<ScriptedServer.State>
  private var reader: MessageReader

  init(socket: StreamSocket, number: Int, state: Monitor<ScriptedServer.State>) {
    self.socket = socket
    reader = MessageReader(socket)
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

  /// Carries out a reply; false if the connection must be closed afterwards.
  private func perform(_ reply: ScriptedServer.Reply) -> Bool {
    switch reply {
    case .answer(let response):
      return socket.send(response.head + response.body)
    case .answerThenStray(let response, let stray, let milliseconds):
      guard socket.send(milliseconds == nil ? response.bytes + stray : response.bytes) else { return false }
      if let milliseconds {
        // The delay between the response and the stray bytes is what the test is about.
        Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
        guard socket.send(stray) else { return false }
      }
      state.withLock { $0.strays += 1 }
      return true
    case .answerThenClose(let response):
      socket.send(response.head + response.body)
    case .halfAnswer(let response):
      socket.send(response.head + response.body.prefix(response.body.count / 2))
    case .halfAnswerThenStall(let response):
      socket.send(response.head + response.body.prefix(response.body.count / 2))
      while reader.receive() {}
    case .slowAnswer(let response, let milliseconds):
      guard socket.send(response.head) else { return false }
      for byte in response.body {
        // The delay between the bytes is what the test is about.
        Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
        guard socket.send([byte]) else { return false }
      }
      return true
    case .bytes(let bytes):
      socket.send(bytes)
    case .close:
      break
    case .reset:
      socket.resetWhenClosed()
    case .stall:
      while reader.receive() {}
    }
    return false
  }

  private func readRequest() -> ScriptedServer.Request? {
    guard let head = reader.text() else { return nil }
    let (line, headers) = MessageReader.lines(head)
    let start = line.split(separator: " ").map(String.init)
    guard start.count == 3 else { return nil }
    let framing = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
    if framing["expect"]?.lowercased() == "100-continue" {
      socket.send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
    }
    let chunked = framing["transfer-encoding"]?.lowercased() == "chunked"
    let body = chunked ? readChunks() : reader.take(Int(framing["content-length"] ?? "0") ?? 0)
    guard let body else { return nil }
    return ScriptedServer.Request(
      connection: number, method: start[0], path: start[1], headers: headers, body: body, receivedAt: unixMilliseconds()
    )
  }

  private func readChunks() -> [UInt8]? {
    var body: [UInt8] = []
    while true {
      guard let line = reader.text(before: "\r\n"), let size = Int(line, radix: 16), let chunk = reader.take(size),
        reader.text(before: "\r\n") != nil
      else { return nil }
      if size == 0 { return body }
      body += chunk
    }
  }
}

/// The current time, in milliseconds since the Unix epoch.
func unixMilliseconds() -> Int {
  Int(Date().timeIntervalSince1970 * 1000)
}
