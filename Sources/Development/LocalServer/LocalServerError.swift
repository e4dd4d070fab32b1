internal import Glibc

/// The error of a local server that can't listen on its port.
package struct LocalServerError: Error, Equatable, CustomStringConvertible {
  /// The address: 127.0.0.1 or ::1.
  package let address: String
  /// The requested port.
  package let port: Int
  /// The operating system's reason: a value of `errno`.
  package let errno: Int32

  /// Whether another server has the port.
  var isInUse: Bool { errno == EADDRINUSE }

  /// One line that names the port and ends with the fix.
  package var description: String {
    let reason =
      switch errno {
      case EADDRINUSE: "is already in use"
      case EACCES: "needs root"
      default: "can't be opened (\(String(cString: strerror(errno))))"
      }
    return "port \(port) on \(address) \(reason); use --port 0 to pick a free one"
  }
}
