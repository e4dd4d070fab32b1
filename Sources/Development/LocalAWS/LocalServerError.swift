internal import Glibc

/// A local server that can't listen on its port.
package struct LocalServerError: Error, Equatable, CustomStringConvertible {
  /// The port on 127.0.0.1 that was asked for.
  package let port: Int
  /// The operating system's reason, a value of `errno`.
  package let errno: Int32

  /// One line that names the port and ends with what to type.
  package var description: String {
    let reason =
      switch errno {
      case EADDRINUSE: "is taken"
      case EACCES: "needs root"
      default: "can't be listened on (\(String(cString: strerror(errno))))"
      }
    return "port \(port) on 127.0.0.1 \(reason); type the command again with --port 0 for a free one"
  }
}
