internal import Foundation
internal import Platform
internal import Workstation

/// The executable that the package's `bootstrap` runs: the one in `APIGW_BATCH_FUNCTION`, else the release build, else the
/// debug build.
struct FunctionExecutable: Equatable {
  /// Its path, as the user wrote it or relative to the package.
  let name: String
  /// Whether it is in a folder of debug builds, with links followed. The file itself doesn't show it.
  let isDebugBuild: Bool

  /// Finds it as `bootstrap` does, and throws if it is missing.
  init(in root: PackageRoot, _ environment: Platform.Environment) throws {
    let given = environment["APIGW_BATCH_FUNCTION"]
    let names = given.map { [$0] } ?? [".build/release/SubmitJobFunction", ".build/debug/SubmitJobFunction"]
    for name in names {
      let file = given == nil ? URL(fileURLWithPath: "\(root.path)/\(name)") : URL(fileURLWithPath: name)
      guard Self.isExecutable(file) else { continue }
      self.name = name
      isDebugBuild = file.resolvingSymlinksInPath().pathComponents.dropLast().contains("debug")
      return
    }
    if let given {
      throw UsageError(
        "APIGW_BATCH_FUNCTION is not an executable file: \(given); run: unset APIGW_BATCH_FUNCTION")
    }
    throw UsageError(
      "the function is not built; run: make compare, or: swift build -c release --product SubmitJobFunction")
  }

  /// Whether a path leads to an executable file, also through links.
  static func isExecutable(_ file: URL) -> Bool {
    let path = file.resolvingSymlinksInPath()
    let isFile = (try? path.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
    return isFile && FileManager.default.isExecutableFile(atPath: path.path)
  }

  /// A note about it for readers of a comparison.
  var note: String { "This package's function is the executable \(name)." }

  /// Why its times are not representative; nil unless it is a debug build.
  var warning: String? {
    guard isDebugBuild else { return nil }
    return "The function is a debug build, \(name): its times are not representative. "
      + (name.hasPrefix(".build/") ? "Run: make compare" : "Run: unset APIGW_BATCH_FUNCTION; make compare")
  }
}
