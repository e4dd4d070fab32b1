internal import Foundation
internal import Platform
internal import Workstation

/// The executable that the package's `bootstrap` runs: the one in `APIGW_BATCH_FUNCTION`, else the release build, else the
/// debug build.
struct FunctionExecutable: Equatable {
  /// Where it is, as the user wrote it, or from the package on.
  let name: String
  /// Whether it lies in a folder of debug builds, links on the way followed; nothing in the file itself tells.
  let isDebugBuild: Bool

  /// Finds it as `bootstrap` does, and refuses to go on without it.
  init(in root: PackageRoot, _ environment: Platform.Environment) throws(UsageError) {
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

  /// What a reader of a comparison has to know of it.
  var note: String { "This package's function is the executable \(name)." }

  /// What makes its times say little; nil for no debug build.
  var warning: String? {
    guard isDebugBuild else { return nil }
    return "The function is a debug build, \(name): its times say little. "
      + (name.hasPrefix(".build/") ? "Run: make compare" : "Run: unset APIGW_BATCH_FUNCTION; make compare")
  }
}
