internal import Idempotency
internal import Platform
internal import SAMTemplate

/// Checks what a function does with an `Idempotency-Key`, and that the template lets it use the table with the keys.
struct KeyPolicyCheck {
  let function: TemplateInspection.Function
  let template: TemplateInspection

  /// The findings about the function's variables and its role.
  func findings() -> [Finding] {
    let configuration: IdempotencyConfiguration
    do throws(EnvironmentError) {
      configuration = try IdempotencyConfiguration(environment: Environment(function.variables))
    } catch {
      return [.fail("\(error.variable) of \(function.name): \(error.reason)", run: Self.look)]
    }
    guard let table = configuration.table else {
      return [.ok("Idempotency-Key: \(function.name) refuses it, because it has no table for keys")]
    }
    let what = configuration.isRequired ? "requires" : "accepts"
    let warning = configuration.warning.map { Finding.warn("\(function.name): \($0)", run: Self.look) }
    return [.ok("Idempotency-Key: \(function.name) \(what) it")] + [warning, role(table)].compactMap(\.self)
  }

  /// The finding about the function's role; nil if nothing is known about it, which has been reported.
  private func role(_ table: String) -> Finding? {
    guard let role = template.submitters.first(where: { $0.name == function.name }) else { return nil }
    typealias Submitter = TemplateInspection.Submitter
    let (onTable, onAll) = (Submitter.tableActions, Submitter.searchActions)
    let unread = Set((onTable + onAll).flatMap { role.unread(about: $0) }).sorted()
    if !unread.isEmpty {
      return .warn(
        "policy: whether \(role.name) may use its table of keys depends on \(unread.joined(separator: ", ")), which is "
          + "not supported here", run: Self.look)
    }
    let missing =
      onTable.filter { !role.may($0, onTable: table) }.map { "\($0) on its table" }
      + onAll.filter { !role.may($0, on: "*") }.map { "\($0) on *" }
    if missing.isEmpty { return .ok("policy: \(role.name) may use its table of keys, and look for jobs") }
    return .fail(
      "policy: \(role.name) may not \(missing.joined(separator: ", ")): no statement allows it", run: Self.look)
  }

  /// What no parameter sets is in the template.
  private static let look = "less template.yaml"
}
