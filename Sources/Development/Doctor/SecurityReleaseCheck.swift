internal import Foundation
internal import Platform
internal import SigV4
internal import Workstation

/// Checks whether a fix is out for what is linked into the package. If that can't be found out, it isn't a failure,
/// because the package works.
struct SecurityReleaseCheck {
  /// The named zip file; nil for the one that `make package` builds.
  let zip: String?
  /// The architecture to deploy.
  let architecture: String
  let stack: String?
  let root: PackageRoot
  let environment: Platform.Environment
  /// The doctor's own command.
  let again: String
  /// How long all requests together may take.
  var timeLimit: Duration = .seconds(4)

  /// Asks for every component at once.
  func findings() async -> [Finding] {
    let name = zip ?? "dist/apigw-batch-\(architecture).zip"
    let listName = (name.hasSuffix(".zip") ? String(name.dropLast(4)) : name) + ".spdx.json"
    let (path, listPath) = zip == nil ? ("\(root.path)/\(name)", "\(root.path)/\(listName)") : (name, listName)
    let rebuild = "make package ARCH=\(architecture)"
    guard let list = FileManager.default.contents(atPath: listPath) else {
      return [skip(nil, "the package's bill of materials, \(listName), is missing", run: rebuild)]
    }
    guard let bill = BillOfMaterials(list) else {
      return [skip(nil, "\(listName) lists no component of Debian or Ubuntu", run: rebuild)]
    }
    let package = FileManager.default.contents(atPath: path).map { SHA256().digest(Array($0)) }
    guard let package, bill.checksum == package.map({ ($0 < 16 ? "0" : "") + String($0, radix: 16) }).joined() else {
      return [skip(nil, "\(listName) is not about \(name), but another package", run: rebuild)]
    }
    guard let database = VulnerabilityDatabase(environment: environment) else {
      let variable = VulnerabilityDatabase.variable
      return [
        skip(nil, "\(variable) must be https://host[:port], or http:// on this machine", run: "unset \(variable)")
      ]
    }
    return findings(await ask(database, bill.components), in: name, from: database)
  }

  typealias Answer = (
    component: BillOfMaterials.Component, fixes: Result<[VulnerabilityDatabase.Fix], VulnerabilityDatabase.Failure>?
  )

  /// The fixes of each component; nil for one whose release isn't known.
  private func ask(_ database: VulnerabilityDatabase, _ components: [BillOfMaterials.Component]) async -> [Answer] {
    let deadline = database.clock.now + timeLimit
    return await withTaskGroup(of: Answer.self) { group in
      for component in components {
        group.addTask {
          guard let ecosystem = component.ecosystem else { return (component, nil) }
          do throws(VulnerabilityDatabase.Failure) {
            return (component, .success(try await database.fixes(of: component, in: ecosystem, deadline: deadline)))
          } catch {
            return (component, .failure(error))
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }.sorted { $0.component.name < $1.component.name }
    }
  }

  /// One finding for each component with fixes, one for those without, and one for each reason why that isn't known.
  func findings(_ answers: [Answer], in package: String, from database: VulnerabilityDatabase) -> [Finding] {
    var (findings, current, unknown): ([Finding], [String], [Ignorance: [String]]) = ([], [], [:])
    for (component, fixes) in answers {
      switch fixes {
      case .success([]): current.append("\(component)")
      case .success(let fixes): findings.append(finding(component, fixes, in: package))
      case .failure(let failure):
        unknown[Ignorance(failure, database.url.origin, again: again), default: []].append(component.name)
      case nil: unknown[.release, default: []].append(component.name)
      }
    }
    if !current.isEmpty {
      findings.append(
        .ok("security releases: none is out for \(current.joined(separator: ", ")), says \(database.url.host)"))
    }
    return findings
      + unknown.sorted { $0.value[0] < $1.value[0] }.map { why, names in
        skip("of \(names.joined(separator: ", "))", why.reason, run: why.command)
      }
  }

  /// Why it isn't known whether a fix is out, and the command to run.
  private struct Ignorance: Hashable {
    let reason: String
    let command: String

    static let release = Ignorance(reason: "the release that it is from isn't known here", command: "less SECURITY.md")

    init(reason: String, command: String) {
      (self.reason, self.command) = (reason, command)
    }

    init(_ failure: VulnerabilityDatabase.Failure, _ url: String, again: String) {
      switch failure {
      case .unreachable(let reason): self.init(reason: "\(url): \(reason)", command: "curl -I \(url)")
      case .unreadable(let reason): self.init(reason: "\(url) didn't answer as OSV does: \(reason)", command: again)
      }
    }
  }

  private func finding(
    _ component: BillOfMaterials.Component, _ fixes: [VulnerabilityDatabase.Fix], in package: String
  ) -> Finding {
    let count = Set(fixes.flatMap(\.vulnerabilities)).count
    let versions = fixes.map { fix in
      let shown = fix.vulnerabilities.prefix(Self.maximumShown).joined(separator: ", ")
      let more = fix.vulnerabilities.count - Self.maximumShown
      return "\(fix.version) (\(shown)\(more > 0 ? " and \(more) more" : ""))"
    }
    let options =
      (architecture == DeployCommand.machine ? "" : " ARCH=\(architecture)")
      + (stack.map { " STACK=\($0.shellQuoted)" } ?? "")
    return .warn(
      "security releases: \(component) in \(package) has \(count == 1 ? "a vulnerability" : "\(count) vulnerabilities") "
        + "with a fix, in \(versions.joined(separator: " and ")); update it as SECURITY.md says",
      run: "git pull && make package ARCH=\(architecture) && make deploy\(options)")
  }

  /// How many vulnerabilities are named for each version.
  private static let maximumShown = 5

  private func skip(_ which: String?, _ reason: String, run command: String) -> Finding {
    .skip("security releases\(which.map { " \($0)" } ?? ""): not checked, because \(reason)", run: command)
  }
}
