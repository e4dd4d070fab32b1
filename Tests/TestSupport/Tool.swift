internal import Foundation

/// A command that tests use as it comes with the system.
struct Tool {
  /// Makes keys and certificates.
  static let openssl = Tool(name: "openssl")
  /// Ends TLS.
  static let python = Tool(name: "python3")

  private static let variables = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME"].contains($0.key) }

  let name: String

  /// Starts the command; the error says how to get it.
  func start(_ arguments: [String], descriptors: [Int32: Int32] = [:]) throws -> ChildProcess {
    let folders = (Self.variables["PATH"] ?? "").split(separator: ":")
    let paths = folders.map { "\($0)/\(name)" }
    guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      throw TestFailure("no \(name) in PATH. Type: apt-get install \(name)")
    }
    return try ChildProcess(path, arguments, environment: Self.variables, descriptors: descriptors)
  }
}
