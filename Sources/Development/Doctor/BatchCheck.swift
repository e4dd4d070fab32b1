internal import Batch

/// Whether Batch takes the keys, and has the job queues and the job definitions.
struct BatchCheck {
  let names: Names
  /// The doctor's own command.
  let again: String
  let report: (Finding) -> Void

  /// Asks a Batch; nil when there is none to ask.
  ///
  /// - Returns: the revisions that jobs are made of, as far as it showed them.
  func run(_ batch: ExaminedBatch?) async -> [JobDefinitionName: Int] {
    var isAnswering = await checkQueues(batch)
    var revisions: [JobDefinitionName: Int] = [:]
    if names.definitions.isEmpty {
      report(.skip("job definitions: none is named", run: "\(again) --definition NAME"))
    }
    for definition in names.definitions {
      guard let batch, isAnswering else {
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
        isAnswering = error.isAboutAction
      }
    }
    return revisions
  }

  /// - Returns: whether there is a point in asking more.
  private func checkQueues(_ batch: ExaminedBatch?) async -> Bool {
    var isAnswering = batch != nil
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
        isAnswering = error.isAboutAction
      }
    }
    if names.queues.isEmpty { report(.skip("job queues: none is named", run: "\(again) --queue NAME")) }
    for queue in names.queues {
      if let batch, let queues {
        report(JobQueueCheck.finding(queue.description, among: queues, at: batch))
      } else {
        skip("job queue \(queue)")
      }
    }
    return isAnswering
  }

  private func skip(_ what: String) {
    report(.skip("\(what): Batch didn't say; once the above is mended", run: again))
  }
}

extension BatchInventoryError {
  /// Whether it's about one action, so that another may be answered.
  fileprivate var isAboutAction: Bool {
    guard case .refused(let refusal) = self else { return false }
    return refusal.meaning == .accessDenied || refusal.meaning == .badJob
  }
}
