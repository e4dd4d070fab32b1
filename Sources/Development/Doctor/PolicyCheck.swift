internal import Batch
internal import SAMTemplate

/// Whether the template's IAM policies let jobs through, with the values of its parameters.
struct PolicyCheck {
  let template: TemplateInspection
  let deploy: DeployCommand

  /// All there is to say, with the revisions that jobs are made of where they are known.
  func findings(_ names: Names, revisions: [JobDefinitionName: Int] = [:]) -> [Finding] {
    let unread = template.submitters.flatMap { submitter in submitter.unread.map { "\($0) of \(submitter.name)" } }
    return openness(names)
      + unread.map { .warn("policy: \($0) is not understood here", run: "less template.yaml") }
      + names.queues.flatMap { findings(queue: $0) }
      + names.definitions.flatMap { findings(definition: $0, revision: revisions[$0]) }
  }

  /// Whether the template names what may be submitted; it works without, for all of the account's.
  private func openness(_ names: Names) -> [Finding] {
    let open = ["JobQueues", "JobDefinitions"].filter { template.parameters[$0] == "*" }
    guard !open.isEmpty else { return [] }
    func missing(_ parameter: String, _ names: [String]) -> [String] {
      open.contains(parameter) ? names.isEmpty ? ["NAME"] : names : []
    }
    let closed = deploy.allowing(
      queues: missing("JobQueues", names.queues.map(\.description)),
      definitions: missing("JobDefinitions", names.definitions.map(\.description)))
    return [
      closed.finding(
        .warn, "policy: \(open.joined(separator: " and ")) of the template: * allows all that the account has")
    ]
  }

  /// Whether all who submit jobs may submit them to a queue.
  func findings(queue: JobQueueName) -> [Finding] {
    findings(
      "submit to job queue \(queue)", forms: [(name: "", resource: "job-queue/\(queue)")],
      deploy.allowing(queues: ["\(queue)"]))
  }

  /// Whether all who submit jobs may submit a definition, without a revision and with one, unless it names its own.
  ///
  /// IAM's refusals name the definition's own ARN where a caller names no revision, and the revision's where one does
  /// (https://github.com/aws/aws-cdk/issues/26128, https://github.com/udondan/iam-floyd/issues/431).
  ///
  /// - Parameter revision: the one that a job is made of; nil when it isn't known.
  func findings(definition: JobDefinitionName, revision: Int?) -> [Finding] {
    let resource = "job-definition/\(definition)"
    var forms = [(name: definition.hasRevision ? "" : " without a revision", resource: resource)]
    if !definition.hasRevision {
      forms.append((" with " + (revision.map { "revision \($0)" } ?? "a revision"), "\(resource):\(revision ?? 1)"))
    }
    return findings(
      "submit job definition \(definition)", forms: forms, deploy.allowing(definitions: ["\(definition)"]))
  }

  /// One finding for all the submitters that may do the same of it.
  private func findings(
    _ what: String, forms: [(name: String, resource: String)], _ deploy: DeployCommand
  ) -> [Finding] {
    guard !template.submitters.isEmpty else {
      return [deploy.finding(.fail, "policy: the template lets nobody \(what)")]
    }
    // Of the others, that they are not understood has been said.
    let understood = template.submitters.filter(\.unread.isEmpty)
    let groups = Dictionary(grouping: understood) { submitter in forms.map { submitter.maySubmit($0.resource) } }
    let sorted = groups.map { (names: $1.map(\.name).sorted(), decisions: $0) }.sorted { $0.names[0] < $1.names[0] }
    return sorted.map { names, decisions in
      let who = "policy: \(names.joined(separator: " and "))"
      func those(_ isAllowed: Bool) -> String {
        zip(forms, decisions).filter { $1 == isAllowed }.map(\.0.name).joined(separator: " and")
      }
      if !decisions.contains(false) { return .ok("\(who) may \(what)\(those(true))") }
      let rest = decisions.contains(true) ? ", only\(those(true))" : ""
      return deploy.finding(.fail, "\(who) may not \(what)\(those(false))\(rest): no statement allows it")
    }
  }
}
