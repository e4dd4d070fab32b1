import Glibc

/// A socket on ::1.
final class IPv6Socket {
  /// Whether this machine has ::1.
  static let isSupported = (try? IPv6Socket()) != nil

  private let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
  /// Its own port, or the one that it is connected to.
  private(set) var port: Int

  /// Listens on a free port.
  convenience init() throws {
    try self.init(port: 0) { bind($0, $1, $2) == 0 && listen($0, 1) == 0 ? 0 : -1 }
    var address = sockaddr_in6()
    var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    port = Int(UInt16(bigEndian: address.sin6_port))
  }

  /// Connects to a port.
  convenience init(to port: Int) throws {
    try self.init(port: port) { connect($0, $1, $2) }
  }

  private init(port: Int, _ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32) throws {
    self.port = port
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = UInt16(port).bigEndian
    address.sin6_addr = in6addr_loopback
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        call(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
      }
    }
    guard result == 0 else { throw Refused() }
  }

  deinit { close(descriptor) }

  /// Sends a text, and returns what comes until the peer closes the connection.
  func response(to text: String) -> String {
    let bytes = Array(text.utf8)
    guard send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { return "" }
    var (received, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
    while case let count = recv(descriptor, &chunk, chunk.count, 0), count > 0 { received += chunk[..<count] }
    return String(decoding: received, as: UTF8.self)
  }

  private struct Refused: Error {}
}
