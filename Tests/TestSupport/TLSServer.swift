internal import Foundation

/// A scripted server behind TLS, which Python's `ssl` ends in a process of its own.
public final class TLSServer: Sendable {
  /// The scripted server, with the ledger of what came through.
  public let server: ScriptedServer
  /// The base URL, by address: `https://127.0.0.1:PORT`.
  public let url: String
  private let socket: StreamSocket
  private let proxy: ChildProcess

  /// A server with this certificate; it closes the first `cut` connections before their handshake.
  public init(_ certificate: Certificates.Pair, inFrontOf front: ScriptedServer, cutting cut: Int = 0) throws {
    server = front
    socket = try StreamSocket.bound()
    try socket.listen()
    url = "https://127.0.0.1:\(socket.port)"
    let script = "\(FunctionProcess.packageRoot)/Tests/TestSupport/tls-proxy.py"
    proxy = try ChildProcess(
      "/usr/bin/env", ["python3", script, certificate.certificate, certificate.key, "\(front.port)", "\(cut)"],
      environment: FunctionProcess.toolVariables, descriptors: [socket.descriptor: 3])
  }

  deinit { socket.close() }

  /// Which handshakes failed and why, one a line, in the words of Python's `ssl`.
  public var failures: String { proxy.standardError }
}
