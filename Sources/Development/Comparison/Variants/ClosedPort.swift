internal import Glibc

/// A port on 127.0.0.1 that refuses connections, and that no other process can take meanwhile.
final class ClosedPort: Sendable {
  private let socket: Int32
  let number: Int

  /// Binds a free port without listening on it.
  init() throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let fd = socket
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(fd, $0, size) == 0 && getsockname(fd, $0, &size) == 0
      }
    }
    number = Int(UInt16(bigEndian: address.sin_port))
    if !isBound { throw ClosedPortError() }
  }

  deinit { close(socket) }
}

/// No port on 127.0.0.1 is free.
struct ClosedPortError: Error, CustomStringConvertible {
  var description: String { "no port on 127.0.0.1 is free; stop other programs and run the command again" }
}
