internal import Glibc

/// A local server that can't listen on its port.
public struct LocalServerError: Error, Equatable, CustomStringConvertible {
  /// The port on 127.0.0.1 that was asked for.
  public let port: Int
  /// The operating system's reason, a value of `errno`.
  public let errno: Int32

  /// One line that names the port and ends with what to type.
  public var description: String {
    switch errno {
    case EADDRINUSE: "port \(port) on 127.0.0.1 is taken; choose another with --port, or a free one with --port 0"
    case EACCES: "port \(port) on 127.0.0.1 needs root; choose one above 1023 with --port, or a free one with --port 0"
    default: "can't listen on 127.0.0.1:\(port): \(String(cString: strerror(errno))); try a free port with --port 0"
    }
  }
}
