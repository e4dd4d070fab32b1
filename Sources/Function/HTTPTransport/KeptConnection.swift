internal import Glibc
internal import Platform

/// The connection that a client keeps open between requests, represented by its socket.
struct KeptConnection {
  /// The socket; -1 when no connection is kept.
  var socket: Int32 = -1
  /// When its last response was complete; nil when the next request needs a new connection.
  var lastUse: Timestamp?
  /// Whether the last request reused a connection that had served another.
  var wasReused = false

  /// Whether it may serve a request now; the idle time is in milliseconds.
  ///
  /// An idle connection goes stale, and after a freeze the clock may even have been set back. A readable connection
  /// has ended, or holds bytes that would be taken for the next response. Over TLS, these can also be a session ticket,
  /// at the price of a handshake; servers send tickets before the first response, so that libcurl reads both together.
  func mayServe(at time: Timestamp, maximumIdleTime: Int?) -> Bool {
    guard let lastUse, !isReadable else { return false }
    guard let maximumIdleTime else { return true }
    return (0...maximumIdleTime).contains(time.milliseconds(since: lastUse))
  }

  private var isReadable: Bool {
    var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 0) != 0
  }

  /// Whether unread bytes are waiting. A closed connection has none; over TLS, the end itself is a record with bytes.
  var holdsBytes: Bool {
    var byte: UInt8 = 0
    return recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) > 0
  }
}
