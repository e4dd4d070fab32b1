internal import Foundation

/// A scripted server behind TLS, which Python's `ssl` ends in a process of its own.
public final class TLSServer: Sendable {
  /// The scripted server, with the ledger of what came through.
  public let server: ScriptedServer
  /// The base URL, by address: `https://127.0.0.1:PORT`.
  public let url: String
  private let certificate: Certificates.Pair
  private let proxy: ChildProcess

  /// A server with this certificate; it closes the first `cut` connections before their handshake.
  public init(_ certificate: Certificates.Pair, inFrontOf front: ScriptedServer, cutting cut: Int = 0) throws {
    server = front
    self.certificate = certificate
    let socket = try StreamSocket.bound()
    defer { socket.close() }
    try socket.listen()
    url = "https://127.0.0.1:\(socket.port)"
    let script = "\(FunctionProcess.packageRoot)/Tests/TestSupport/tls-proxy.py"
    proxy = try Tool.python.start(
      [script, certificate.certificate, certificate.key, "\(front.port)", "\(cut)"], descriptors: [socket.descriptor: 3]
    )
  }
}
