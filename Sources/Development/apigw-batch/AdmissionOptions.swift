internal import ArgumentParser
internal import LocalServer
internal import Workstation

/// The options that admit requests under other names, and from other pages, than those of this machine.
struct AdmissionOptions: ParsableArguments {
  @Option(
    name: .customLong("allow-host"),
    help: ArgumentHelp(
      "Accept requests whose Host header has this name, too. Repeat it for more.", valueName: "name"))
  var hosts: [String] = []

  @Option(
    name: .customLong("allow-origin"),
    help: ArgumentHelp(
      "Accept requests from pages of this origin, too, such as https://app.example. Repeat it for more.",
      valueName: "origin"))
  var origins: [String] = []

  /// What the options admit.
  var admission: Admission { Admission(hosts: hosts, origins: origins) }

  /// Rejects values that no request could match, and those that would match any.
  func check() throws {
    if let host = hosts.first(where: { !Admission.isHost($0) }) {
      throw UsageError(
        "--allow-host \(host) is not a host name; use a name or an address without a port, such as "
          + "--allow-host host.docker.internal")
    }
    if let origin = origins.first(where: { !Admission.isOrigin($0) }) {
      throw UsageError(
        "--allow-origin \(origin) is not a single origin; use a scheme, a host and an optional port, such as "
          + "--allow-origin https://app.example:8443")
    }
  }
}
