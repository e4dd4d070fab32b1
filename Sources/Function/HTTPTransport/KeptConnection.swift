internal import Glibc
internal import Platform

/// The connection that a client keeps from one request to the next, as its socket shows it.
struct KeptConnection {
  /// The socket; -1 when no connection is kept.
  var socket: Int32 = -1
  /// When its last response was complete; nil when the next request needs a new connection.
  var lastUse: Timestamp?
  /// Whether the last request went out on a connection that had served another.
  var wasReused = false

  /// Whether it may serve a request now.
  ///
  /// It is stale after a while without use, and after a freeze the clock may even have been set back. When it can be
  /// read, it has ended, or holds what would be taken for the next response. Over TLS this can also be a session ticket,
  /// which costs a handshake: servers send theirs ahead of the first response, with which libcurl reads them.
  func mayServe(at time: Timestamp, maximumIdleTime: Int?) -> Bool {
    guard let lastUse, !isReadable else { return false }
    guard let maximumIdleTime else { return true }
    return (0...maximumIdleTime).contains(time.milliseconds(since: lastUse))
  }

  private var isReadable: Bool {
    var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 0) != 0
  }

  /// Whether bytes are waiting on it. One that has only ended holds none; over TLS, its end is a record like any other.
  var holdsBytes: Bool {
    var byte: UInt8 = 0
    return recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) > 0
  }
}
