internal import Foundation
internal import SAMTemplate
internal import Workstation

/// Checks that a package can be deployed as the template's function.
struct PackageCheck {
  /// The named zip file; nil for the one that `make package` builds.
  let zip: String?
  let function: TemplateInspection.Function
  let root: PackageRoot
  /// How long the check may take.
  var timeLimit: Duration = .seconds(20)

  /// The architecture that `sam deploy` uses by default: the template's default.
  static let defaultArchitecture = "x86_64"

  /// Runs the same check on the package as `make package` does at its end.
  func finding() async -> Finding {
    let architecture = function.architecture
    let name = zip ?? "dist/apigw-batch-\(architecture).zip"
    let path = zip ?? "\(root.path)/\(name)"
    let command = "make package ARCH=\(architecture)"
    guard FileManager.default.fileExists(atPath: path) else {
      return zip == nil
        ? .warn("package \(name) has not been built yet", run: command)
        : .fail("package \(name) does not exist", run: command)
    }
    let script = "\(root.path)/scripts/check_zip.py"
    let check: ProgramRun
    switch await ProgramRun.attempt(
      "python3", [script, architecture, path], setting: ["PYTHONDONTWRITEBYTECODE": "1"], timeLimit: timeLimit)
    {
    case .success(let run): check = run
    case .failure(.timedOut):
      return .skip(
        "package \(name): not checked, because python3 took longer than \(timeLimit.components.seconds) s",
        run: "python3 \(script) \(architecture) \(path)")
    case .failure(.notRun):
      return .skip("package \(name): not checked, because python3 is missing", run: "sudo apt-get install python3")
    }
    guard check.status == 0 else {
      let start = "package: \(path): "
      let faults = check.error.split(whereSeparator: \.isNewline).filter { $0.hasPrefix(start) }
        .map { String($0.dropFirst(start.count)) }
      // The check may also end with an exception.
      let text = faults.isEmpty ? check.lastErrorLine ?? "" : faults.joined(separator: ", ")
      return .fail("package \(name) for \(function.name) on \(architecture): \(text)", run: command)
    }
    let make = "make deploy" + (architecture == DeployCommand.machine ? "" : " ARCH=\(architecture)")
    let isDefault = architecture == Self.defaultArchitecture
    return .ok(
      "package \(name): fits \(function.name) on \(architecture); deployed by \(make)"
        + (isDefault ? "" : "; sam deploy needs --parameter-overrides Architecture=\(architecture)"))
  }
}
