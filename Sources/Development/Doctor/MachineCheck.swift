internal import Foundation
internal import Platform
internal import Workstation

/// Checks what building, packaging and deploying need on this machine.
struct MachineCheck {
  let environment: Platform.Environment

  /// A program that was run to learn its version or its paths.
  struct Probe {
    /// The command, as a user would enter it.
    let command: String
    /// How it ended, or why it didn't.
    let outcome: Result<ProgramRun, ProgramRun.Failure>

    /// Its outcome, if it succeeded.
    var run: ProgramRun? { (try? outcome.get()).flatMap { $0.status == 0 ? $0 : nil } }

    /// The finding for a program that exceeded the time limit; nil if it didn't.
    func slowness(of what: String) -> Finding? {
      guard case .failure(.timedOut) = outcome else { return nil }
      return .skip(
        "\(what): not checked, because '\(command)' took longer than \(MachineCheck.timeLimit.components.seconds) s",
        run: command)
    }
  }

  /// How long each program may take.
  static let timeLimit: Duration = .seconds(20)

  /// Runs all the checks.
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

  /// Checks the version of Swift, or of a library's development files as reported by pkg-config.
  static func version(
    of what: String, atLeast minimum: Version, _ probe: Probe, from place: String = ""
  ) -> Finding {
    let needed = "\(minimum) or later is needed\(place)"
    if let slowness = probe.slowness(of: what) { return slowness }
    guard let run = probe.run, let version = Version(in: run.text) else {
      return .fail("\(what) was not found: \(needed)", run: "make libraries")
    }
    guard version >= minimum else {
      return .fail("\(what) \(version) is too old: \(needed)", run: "make libraries")
    }
    return .ok("\(what) \(version)")
  }

  /// Checks what `make package` needs in addition. That is optional: a package can be built elsewhere.
  private func packaging(_ target: Probe) -> Finding {
    if let slowness = target.slowness(of: "packaging") { return slowness }
    var missing = ["make", "perl", "python3", "dpkg-source"].filter { !isOnPath($0) }
    let container = "docker run --rm -v \"$PWD:/src\" -w /src swift:6.3-bookworm scripts/package.sh"
    guard isOnPath("apt-get"), let resources = target.run.flatMap(Self.resources),
      exists("\(resources)/linux/static-executable-args.lnk")
    else {
      return .warn("packaging: needs apt-get and the toolchain's static standard library", run: container)
    }
    let bundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]
    if !bundles.contains(where: exists) { missing.append("ca-certificates") }
    guard missing.isEmpty else {
      return .warn(
        "packaging: \(missing.joined(separator: ", ")) missing", run: "scripts/install-libraries.sh package")
    }
    return .ok("packaging: the static standard library and the tools that build libcurl and OpenSSL")
  }

  /// The location of the static standard library, according to the compiler.
  private static func resources(_ run: ProgramRun) -> String? {
    let target = try? JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
    return (target?["paths"] as? [String: Any])?["runtimeResourcePath"] as? String
  }

  /// Checks what `make deploy` uses: the AWS CLI, and SAM if it is installed.
  private func deployment(aws: Probe, sam: Probe) -> Finding {
    func version(_ probe: Probe) -> Version? { probe.run.flatMap { Version(in: $0.text + $0.error) } }
    if let slowness = aws.slowness(of: "deployment") { return slowness }
    guard let cli = version(aws) else {
      return .fail(
        "deployment: make deploy needs the AWS CLI, which was not found or doesn't run",
        run: "sudo \(isOnPath("dnf") ? "dnf" : "apt-get") install awscli")
    }
    return .ok("deployment: AWS CLI \(cli)" + (version(sam).map { ", SAM CLI \($0)" } ?? ""))
  }

  private func run(_ program: String, _ arguments: String...) async -> Probe {
    Probe(
      command: ([program] + arguments).joined(separator: " "),
      outcome: await ProgramRun.attempt(
        program, arguments, setting: ["SAM_CLI_TELEMETRY": "0"], timeLimit: Self.timeLimit))
  }

  private func isOnPath(_ program: String) -> Bool {
    (environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}

/// The version of a program or library: numbers separated by dots.
struct Version: Comparable, CustomStringConvertible, ExpressibleByArrayLiteral {
  let numbers: [Int]

  init(arrayLiteral numbers: Int...) {
    self.numbers = numbers
  }

  /// The first version in a text, such as `aws-cli/2.9.19 Python/3.11`; it must have at least two numbers.
  init?(in text: String) {
    guard let match = text.firstMatch(of: /[0-9]+(\.[0-9]+)+/) else { return nil }
    numbers = match.output.0.split(separator: ".").compactMap { Int($0) }
  }

  var description: String { numbers.map(String.init).joined(separator: ".") }

  static func < (one: Version, other: Version) -> Bool { one.numbers.lexicographicallyPrecedes(other.numbers) }
}
