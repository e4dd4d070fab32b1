internal import Batch
internal import LocalAWS

/// Whether Batch takes the keys, and has the job queues and the job definitions.
struct BatchCheck {
  let names: Names
  let report: (Finding) -> Void

  /// What Batch showed.
  struct Seen {
    /// The account, when Batch showed anything of it.
    var accountID: String?
    var definitions: [JobDefinitionCheck] = []

    /// The revision that a job is made of; nil when none is named and Batch has none.
    func revision(of name: JobDefinitionName) -> Int? {
      let check = definitions.first { $0.definition == name }
      let named = name.description.split(separator: ":").dropFirst().first.flatMap { Int($0) }
      return named ?? check?.used?.revision
    }

    fileprivate mutating func note(arn: String?) {
      guard accountID == nil, let fields = arn?.split(separator: ":", omittingEmptySubsequences: false) else { return }
      if fields.count > 4, !fields[4].isEmpty { accountID = String(fields[4]) }
    }
  }

  /// Asks a Batch; nil when there is none to ask.
  func run(_ batch: AccountCheck.Reachable?) async -> Seen {
    var seen = Seen()
    var isAnswering = batch != nil
    if let batch { isAnswering = await checkQueues(batch, &seen) } else { skipQueues() }
    if names.definitions.isEmpty {
      report(.skip("job definitions: none is named", type: "\(CredentialsCheck.again) --definition NAME"))
    }
    for definition in names.definitions {
      guard let batch, isAnswering else {
        skip("job definition \(definition)")
        continue
      }
      isAnswering = await check(definition, batch, &seen)
    }
    return seen
  }

  /// - Returns: whether there is a point in asking more.
  private func checkQueues(_ batch: AccountCheck.Reachable, _ seen: inout Seen) async -> Bool {
    do throws(BatchInventoryError) {
      let queues = try await batch.inventory.jobQueues(names.queues.map(\.description))
      seen.note(arn: queues.first?.jobQueueArn)
      let account = seen.accountID.map { ", account \($0)" } ?? ""
      report(.ok("credentials: accepted by Batch at \(batch.place.url)\(account)"))
      if names.queues.isEmpty { skipQueues() }
      for queue in names.queues {
        report(JobQueueCheck.finding(queue.description, among: queues, at: batch.place))
      }
      return true
    } catch {
      report(batch.credentials.finding(error, asking: "DescribeJobQueues"))
      skipQueues()
      return error.isAboutAction
    }
  }

  /// - Returns: whether there is a point in asking more.
  private func check(
    _ definition: JobDefinitionName, _ batch: AccountCheck.Reachable, _ seen: inout Seen
  ) async -> Bool {
    do throws(BatchInventoryError) {
      let revisions = try await batch.inventory.revisions(ofJobDefinition: definition.name)
      seen.note(arn: revisions.first?.jobDefinitionArn)
      let check = JobDefinitionCheck(definition: definition, revisions: revisions)
      seen.definitions.append(check)
      report(check.finding(at: batch.place))
      return true
    } catch {
      report(batch.credentials.finding(error, asking: "DescribeJobDefinitions"))
      skip("job definition \(definition)")
      return error.isAboutAction
    }
  }

  private func skipQueues() {
    if names.queues.isEmpty {
      report(.skip("job queues: none is named", type: "\(CredentialsCheck.again) --queue NAME"))
    }
    for queue in names.queues { skip("job queue \(queue)") }
  }

  private func skip(_ what: String) {
    report(.skip("\(what): Batch didn't say; once the above is mended", type: CredentialsCheck.again))
  }
}

extension BatchInventoryError {
  /// Whether it's about one action, so that another may be answered.
  fileprivate var isAboutAction: Bool {
    guard case .refused(let refusal) = self else { return false }
    return refusal.meaning == .accessDenied || refusal.meaning == .badJob
  }
}
