internal import Foundation
internal import Workstation

/// Checks that the table with the `Idempotency-Key`s exists and is as the function uses it.
struct TableCheck {
  /// The table's name.
  let name: String
  let region: String
  let deploy: DeployCommand
  /// The doctor's own command.
  let again: String

  /// Runs the checks with the AWS CLI, which uses the same keys.
  func run() async -> [Finding] {
    let table = finding(aboutTable: await ask("describe-table", DescribedTable.query))
    guard table.verdict == .ok else { return [table] }
    return [table, finding(aboutTimeToLive: await ask("describe-time-to-live", DescribedTimeToLive.query))]
  }

  /// The finding about the output of `aws dynamodb describe-table`.
  func finding(aboutTable run: ProgramRun?) -> Finding {
    let table: DescribedTable
    switch read(run, as: DescribedTable.self, action: "describe-table") {
    case .success(let value): table = value
    case .failure(let failure): return failure.finding
    }
    let look = aws("describe-table")
    switch table.status {
    case "ACTIVE", "UPDATING": break
    case "CREATING": return .warn("\(self) is CREATING; try again in a minute", run: again)
    default: return .fail("\(self) is \(table.status), so requests with a key fail", run: look)
    }
    let keys = table.keys.map { key in "\(key.name) (\(table.attributes.first { $0.name == key.name }?.type ?? "?"))" }
    guard keys == ["id (S)"] else {
      return deploy.setting("IdempotencyTable=").finding(
        .fail, "\(self) has the key \(keys.joined(separator: " and ")), not id (S); deploy with another table")
    }
    return .ok("\(self): \(table.status), with the key id")
  }

  /// The finding about the output of `aws dynamodb describe-time-to-live`.
  func finding(aboutTimeToLive run: ProgramRun?) -> Finding {
    let found: DescribedTimeToLive
    switch read(run, as: DescribedTimeToLive.self, action: "describe-time-to-live") {
    case .success(let value): found = value
    case .failure(let failure): return failure.finding
    }
    // The function itself compares the time, so keys expire in any case; but their items stay.
    let consequence = "so expired keys are never deleted"
    let attribute = found.attribute ?? ""
    switch (found.status, attribute) {
    case ("ENABLED", "expiration"), ("ENABLING", "expiration"): return .ok("\(self): time to live by expiration")
    case ("ENABLED", _), ("ENABLING", _):
      return .warn(
        "\(self) has its time to live in \(attribute), not in expiration, \(consequence); disable it, then run the doctor again",
        run: update("Enabled=false,AttributeName=\(attribute)"))
    case ("DISABLING", _): return .warn("\(self): time to live is DISABLING; try again in an hour", run: again)
    default:
      return .warn(
        "\(self) has no time to live, \(consequence)", run: update("Enabled=true,AttributeName=expiration"))
    }
  }

  private func update(_ specification: String) -> String {
    aws("update-time-to-live", "--time-to-live-specification", specification)
  }
}

extension TableCheck: CustomStringConvertible {
  /// What the findings call the table.
  var description: String { "table \(name)" }
}

// MARK: - The AWS CLI

extension TableCheck {
  /// Why there is no description.
  private struct Absence: Error {
    let finding: Finding
  }

  private func ask(_ action: String, _ query: String) async -> ProgramRun? {
    await ProgramRun.ofAWS(
      ["dynamodb", action, "--table-name", name, "--region", region, "--output", "json", "--query", query],
      timeLimit: .seconds(30))
  }

  private func read<Description: Decodable>(
    _ run: ProgramRun?, as type: Description.Type, action: String
  ) -> Result<Description, Absence> {
    guard let run else {
      return .failure(Absence(finding: .fail("\(self): the AWS CLI is missing, or took too long", run: aws(action))))
    }
    guard run.status == 0 else { return .failure(Absence(finding: refusal(run, of: action))) }
    guard let description = try? JSONDecoder().decode(type, from: Data(run.output)) else {
      return .failure(Absence(finding: .fail("\(self): the AWS CLI printed unexpected output", run: aws(action))))
    }
    return .success(description)
  }

  private func refusal(_ run: ProgramRun, of action: String) -> Finding {
    let reason = run.lastErrorLine ?? "status \(run.status)"
    if reason.contains("(ResourceNotFoundException)") {
      return .fail(
        "\(self) does not exist in \(region), so requests with a key fail",
        run: aws(
          "create-table", "--attribute-definitions", "AttributeName=id,AttributeType=S", "--key-schema",
          "AttributeName=id,KeyType=HASH", "--billing-mode", "PAY_PER_REQUEST"))
    }
    if reason.contains("(AccessDenied") {
      let operation = action.split(separator: "-").map(\.capitalized).joined()
      return .skip(
        "\(self): not checked; these keys may not call dynamodb:\(operation), which only this check needs (\(reason))",
        run: "aws sts get-caller-identity")
    }
    return .fail("\(self): \(reason)", run: aws(action))
  }

  private func aws(_ action: String, _ options: String...) -> String {
    (["aws dynamodb", action, "--table-name", name.shellQuoted] + options.map(\.shellQuoted) + ["--region", region])
      .joined(separator: " ")
  }
}

/// A table, in the format of `query`.
private struct DescribedTable: Decodable {
  /// A part of the key, or an attribute's definition.
  struct Attribute: Decodable {
    let name: String
    let type: String
  }

  let status: String
  let keys: [Attribute]
  let attributes: [Attribute]

  static let query =
    "Table.{status: TableStatus, keys: KeySchema[].{name: AttributeName, type: KeyType}, "
    + "attributes: AttributeDefinitions[].{name: AttributeName, type: AttributeType}}"
}

/// A table's time to live, in the format of `query`.
private struct DescribedTimeToLive: Decodable {
  let status: String
  let attribute: String?

  static let query = "TimeToLiveDescription.{status: TimeToLiveStatus, attribute: AttributeName}"
}
