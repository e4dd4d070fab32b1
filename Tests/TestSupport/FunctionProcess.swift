internal import Foundation

/// The function's executable.
package enum FunctionProcess {
  /// The package's root folder.
  package static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The executable's path: `APIGW_BATCH_FUNCTION`, or else the package's release build.
  package static func executable() throws -> String {
    let path =
      ProcessInfo.processInfo.environment["APIGW_BATCH_FUNCTION"]
      ?? "\(packageRoot)/.build/release/SubmitJobFunction"
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw TestFailure("no function at \(path). Run: swift build -c release --product SubmitJobFunction")
    }
    return path
  }

  /// Starts the function with exactly this environment.
  package static func start(
    environment: [String: String], ended: @escaping @Sendable () -> Void = {}
  ) throws -> ChildProcess {
    try ChildProcess(executable(), environment: environment, ended: ended)
  }
}
