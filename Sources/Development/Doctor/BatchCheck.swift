internal import AWSService
internal import Batch

/// Checks that Batch accepts the keys, and has the job queues and the job definitions.
struct BatchCheck {
  let names: Names
  /// The doctor's own command.
  let again: String
  let report: (Finding) -> Void

  /// Checks a Batch; nil skips the checks.
  ///
  /// - Returns: the revisions that jobs will use, if known.
  func run(_ batch: ExaminedBatch?) async -> [JobDefinitionName: Int] {
    var isResponding = await checkQueues(batch)
    var revisions: [JobDefinitionName: Int] = [:]
    if names.definitions.isEmpty {
      report(.skip("job definitions: not checked, because none is named", run: "\(again) --definition NAME"))
    }
    for definition in names.definitions {
      guard let batch, isResponding else {
        skip("job definition \(definition)")
        continue
      }
      do throws(BatchInventoryError) {
        let found = try await batch.inventory.revisions(ofJobDefinition: definition.name)
        let check = JobDefinitionCheck(definition: definition, revisions: found)
        revisions[definition] = check.used?.revision
        report(check.finding(at: batch))
      } catch {
        report(batch.finding(error, asking: "DescribeJobDefinitions"))
        skip("job definition \(definition)")
        isResponding = error.isAboutAction
      }
    }
    return revisions
  }

  /// - Returns: whether further requests may succeed.
  private func checkQueues(_ batch: ExaminedBatch?) async -> Bool {
    var isResponding = batch != nil
    var queues: [BatchInventory.JobQueue]?
    if let batch {
      do throws(BatchInventoryError) {
        let found = try await batch.inventory.jobQueues(names.queues.map(\.description))
        let parts = found.first?.jobQueueArn.split(separator: ":", omittingEmptySubsequences: false) ?? []
        let account = parts.dropFirst(4).first.map { ", account \($0)" } ?? ""
        report(.ok("credentials: accepted by Batch at \(batch.url)\(account)"))
        queues = found
      } catch {
        report(batch.finding(error, asking: "DescribeJobQueues"))
        isResponding = error.isAboutAction
      }
    }
    if names.queues.isEmpty {
      report(.skip("job queues: not checked, because none is named", run: "\(again) --queue NAME"))
    }
    for queue in names.queues {
      if let batch, let queues {
        report(JobQueueCheck.finding(queue.description, among: queues, at: batch))
      } else {
        skip("job queue \(queue)")
      }
    }
    return isResponding
  }

  private func skip(_ what: String) {
    report(.skip("\(what): not checked; fix the failure above first", run: again))
  }
}

extension BatchInventoryError {
  /// Whether it concerns one action only, so that another may succeed.
  fileprivate var isAboutAction: Bool {
    guard case .refused(let refusal) = self else { return false }
    return refusal.meaning == .accessDenied || refusal.meaning == .badRequest
  }
}

/// The job queues and job definitions to check.
struct Names {
  let queues: [JobQueueName]
  let definitions: [JobDefinitionName]

  /// The given names, or else those in the template's parameters that have no wildcard.
  init(_ queues: [JobQueueName], _ definitions: [JobDefinitionName], orOf parameters: [String: String] = [:]) {
    func list(_ parameter: String) -> [String] { (parameters[parameter] ?? "").split(separator: ",").map(String.init) }
    self.queues = queues.isEmpty ? list("JobQueues").compactMap { JobQueueName($0) } : queues
    self.definitions =
      definitions.isEmpty ? list("JobDefinitions").compactMap { JobDefinitionName($0) } : definitions
  }
}
