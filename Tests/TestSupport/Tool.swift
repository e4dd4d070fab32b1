internal import Foundation

/// A system command that tests use.
struct Tool {
  /// Makes keys and certificates.
  static let openssl = Tool(name: "openssl")
  /// Terminates TLS.
  static let python = Tool(name: "python3")

  private static let variables = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME"].contains($0.key) }

  let name: String

  /// Starts the command; if it is missing, the error says how to install it.
  func start(_ arguments: [String], descriptors: [Int32: Int32] = [:]) throws -> ChildProcess {
    let folders = (Self.variables["PATH"] ?? "").split(separator: ":")
    let paths = folders.map { "\($0)/\(name)" }
    guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      throw TestFailure("\(name) is not in PATH. Run: apt-get install \(name)")
    }
    return try ChildProcess(path, arguments, environment: Self.variables, descriptors: descriptors)
  }
}
