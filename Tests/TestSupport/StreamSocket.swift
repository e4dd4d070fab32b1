internal import Glibc

/// A TCP socket on 127.0.0.1, with the few calls that test servers and clients need. None of them raises a signal.
struct StreamSocket: Sendable {
  let descriptor: Int32

  /// A socket bound to a port, or to any free one if the port is 0. It refuses connections until it listens.
  static func bound(to port: UInt16 = 0) throws -> StreamSocket {
    let socket = StreamSocket(descriptor: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
    guard socket.descriptor >= 0 else { throw TestFailure.system("socket") }
    var yes: Int32 = 1
    setsockopt(socket.descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard socket.call(bind, port: port) == 0 else {
      socket.close()
      throw TestFailure.system("bind to 127.0.0.1:\(port)")
    }
    return socket
  }

  /// A socket connected to a port. Reads time out after 30 s without a byte (scaled by `TimeFactor`), so that no test waits forever.
  static func connected(to port: Int) throws -> StreamSocket {
    guard let port = UInt16(exactly: port) else { throw TestFailure("there is no port \(port)") }
    let socket = StreamSocket(descriptor: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
    guard socket.descriptor >= 0 else { throw TestFailure.system("socket") }
    var yes: Int32 = 1
    setsockopt(socket.descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    var limit = timeval(tv_sec: TimeFactor.milliseconds(30_000) / 1000, tv_usec: 0)
    setsockopt(socket.descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    guard socket.call(connect, port: port) == 0 else {
      let code = errno
      socket.close()
      throw TestFailure.system("connect to 127.0.0.1:\(port)", code: code)
    }
    return socket
  }

  /// Calls `bind` or `connect` with 127.0.0.1 and a port.
  private func call(
    _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, port: UInt16
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  /// The local port.
  var port: UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  func listen() throws {
    guard Glibc.listen(descriptor, 64) == 0 else { throw TestFailure.system("listen") }
  }

  /// The next connection; nil once the socket is shut down.
  func accept() -> StreamSocket? {
    while true {
      let connection = Glibc.accept(descriptor, nil, nil)
      if connection >= 0 {
        var yes: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        return StreamSocket(descriptor: connection)
      }
      guard errno == EINTR || errno == ECONNABORTED else { return nil }
    }
  }

  /// Appends the received bytes; false at the end of the stream or after an error, which `errno` names.
  func receive(into buffer: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      errno = 0
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count > 0 { buffer += chunk[..<count] }
      if count >= 0 || errno != EINTR { return count > 0 }
    }
  }

  /// Sends all the bytes; false if the peer has closed the connection.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.send(descriptor, buffer.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Shuts down both directions, which wakes a thread that accepts or receives.
  func shutDown() {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Shuts down sending; the peer's bytes can still be received.
  func finishSending() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Makes closing the socket send a reset instead of an orderly end.
  func resetWhenClosed() {
    var now = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
  }

  func close() {
    Glibc.close(descriptor)
  }
}
