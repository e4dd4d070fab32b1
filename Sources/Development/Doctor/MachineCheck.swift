internal import Foundation
internal import Platform
internal import Workstation

/// What a build, a package and a deployment need of this machine.
struct MachineCheck {
  let environment: Platform.Environment

  /// Looks at all of it.
  func findings() async -> [Finding] {
    async let swift = run("swift", "--version")
    async let curl = run("pkg-config", "--modversion", "libcurl")
    async let crypto = run("pkg-config", "--modversion", "libcrypto")
    async let target = run("swiftc", "-print-target-info", "-static-stdlib")
    async let aws = run("aws", "--version")
    async let sam = run("sam", "--version")
    return await [
      Self.version(of: "Swift", atLeast: [6, 2], swift, from: ", from https://www.swift.org/install/linux/"),
      Self.version(of: "libcurl", atLeast: [7, 87], curl), Self.version(of: "libcrypto", atLeast: [1, 1], crypto),
      packaging(target), deployment(aws: aws, sam: sam),
    ]
  }

  /// Swift, or a library's development files as pkg-config knows them.
  static func version(
    of what: String, atLeast minimum: Version, _ run: ProgramRun?, from place: String = ""
  ) -> Finding {
    let needed = "\(minimum) or later is needed\(place)"
    guard let run, run.status == 0, let version = Version(in: run.text) else {
      return .fail("\(what) is not found: \(needed)", run: "make libraries")
    }
    guard version >= minimum else {
      return .fail("\(what) \(version) is too old: \(needed)", run: "make libraries")
    }
    return .ok("\(what) \(version)")
  }

  /// What `make package` needs beside that. A package can be made elsewhere.
  private func packaging(_ target: ProgramRun?) -> Finding {
    var missing = ["make", "perl", "python3", "dpkg-source"].filter { !isOnPath($0) }
    let container = "docker run --rm -v \"$PWD:/src\" -w /src swift:6.3-bookworm scripts/package.sh"
    guard isOnPath("apt-get"), let resources = target.flatMap(Self.resources),
      exists("\(resources)/linux/static-executable-args.lnk")
    else {
      return .warn("packaging: it takes apt-get and the toolchain's static standard library", run: container)
    }
    let bundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]
    if !bundles.contains(where: exists) { missing.append("ca-certificates") }
    guard missing.isEmpty else {
      return .warn(
        "packaging: \(missing.joined(separator: ", ")) missing", run: "scripts/install-libraries.sh package")
    }
    return .ok("packaging: the static standard library and what builds libcurl and OpenSSL")
  }

  /// Where the static standard library is, as the compiler says.
  private static func resources(_ run: ProgramRun) -> String? {
    let target = try? JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
    return (target?["paths"] as? [String: Any])?["runtimeResourcePath"] as? String
  }

  /// What `make deploy` works with: the AWS CLI, and SAM where that is installed.
  private func deployment(aws: ProgramRun?, sam: ProgramRun?) -> Finding {
    func version(_ run: ProgramRun?) -> Version? {
      run.flatMap { $0.status == 0 ? Version(in: $0.text + $0.error) : nil }
    }
    guard let cli = version(aws) else {
      return .fail(
        "deployment: the AWS CLI doesn't run here, which make deploy needs",
        run: "sudo \(isOnPath("dnf") ? "dnf" : "apt-get") install awscli")
    }
    return .ok("deployment: AWS CLI \(cli)" + (version(sam).map { ", SAM CLI \($0)" } ?? ""))
  }

  private func run(_ program: String, _ arguments: String...) async -> ProgramRun? {
    await ProgramRun.of(program, arguments, setting: ["SAM_CLI_TELEMETRY": "0"], timeLimit: .seconds(20))
  }

  private func isOnPath(_ program: String) -> Bool {
    (environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
