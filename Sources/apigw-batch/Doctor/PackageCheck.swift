internal import Foundation

/// Whether a package is for the architecture that the template has the function run on.
struct PackageCheck {
  /// What the zip is called in messages.
  let name: String
  /// Where it is.
  let path: String
  /// Whether it was named; `make package` makes the one that wasn't.
  let isNamed: Bool
  /// The function's logical id.
  let function: String
  /// The function's architecture in the template.
  let architecture: String

  /// Reads the package, by unzip.
  func finding() async -> Finding {
    guard FileManager.default.fileExists(atPath: path) else { return missing }
    guard let run = await ProgramRun.of("unzip", ["-p", path, "bootstrap"], timeLimit: .seconds(20)) else {
      return .skip("package \(name): there is no unzip to look into it", type: "sudo apt-get install unzip")
    }
    return finding(run)
  }

  private var missing: Finding {
    isNamed
      ? .fail("package \(name): there is no such file", type: command)
      : .warn("package \(name): it isn't made yet", type: command)
  }

  /// What its executable is for.
  func finding(_ bootstrap: ProgramRun) -> Finding {
    guard bootstrap.status == 0 else {
      return .fail("package \(name): it is no zip with a bootstrap", type: command)
    }
    guard let machine = Self.machine(bootstrap.output) else {
      return .fail("package \(name): its bootstrap is no ELF executable of 64 bits", type: command)
    }
    guard machine == architecture else {
      return .fail(
        "package \(name): its bootstrap is for \(machine), and \(function) runs on \(architecture) in the template",
        type: command)
    }
    return .ok("package \(name): for \(architecture), as \(function) in the template")
  }

  private var command: String { "make package ARCH=\(architecture)" }

  /// What an ELF executable runs on, in Lambda's words; nil for anything else.
  static func machine(_ executable: [UInt8]) -> String? {
    guard executable.count >= 64, executable.starts(with: [0x7f] + Array("ELF".utf8) + [2, 1]) else { return nil }
    switch Int(executable[18]) | Int(executable[19]) << 8 {
    case 62: return "x86_64"
    case 183: return "arm64"
    case let machine: return "ELF machine \(machine)"
    }
  }
}
