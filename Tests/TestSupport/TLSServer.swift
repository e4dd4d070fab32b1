internal import Foundation
internal import Glibc

/// A scripted server behind TLS, which a separate process terminates with Python's `ssl`.
package final class TLSServer: Sendable {
  /// The scripted server, with its record of the requests.
  package let server: ScriptedServer
  /// The base URL, with the address as its host: `https://127.0.0.1:PORT`.
  package let url: String
  private let certificate: Certificates.Pair
  private let proxy: ChildProcess

  /// Starts a server with this certificate and waits until it accepts; it closes the first `cut` connections before
  /// their handshakes.
  package init(_ certificate: Certificates.Pair, inFrontOf front: ScriptedServer, cutting cut: Int = 0) throws {
    server = front
    self.certificate = certificate
    let socket = try StreamSocket.bound()
    defer { socket.close() }
    try socket.listen()
    url = "https://127.0.0.1:\(socket.port)"
    let script = "\(FunctionProcess.packageRoot)/Tests/TestSupport/tls-proxy.py"
    let ready = Pipe()
    proxy = try Tool.python.start(
      [script, certificate.certificate, certificate.key, "\(front.port)", "\(cut)"],
      descriptors: [socket.descriptor: 3, ready.fileHandleForWriting.fileDescriptor: 4])
    try ready.fileHandleForWriting.close()
    // The function gives up on its first connection after half a second, which can be less than Python's startup time.
    var end = pollfd(fd: ready.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&end, 1, Int32(TimeFactor.milliseconds(20_000))) == 1 else {
      throw TestFailure("no TLS server: \(proxy.standardError)")
    }
  }
}
