internal import Batch
internal import SAMTemplate

/// Checks that the template's IAM policies allow the jobs, with the values of its parameters.
struct PolicyCheck {
  let template: TemplateInspection
  let deploy: DeployCommand

  /// All findings. `revisions` has the revisions that jobs would use, if known.
  func findings(_ names: Names, revisions: [JobDefinitionName: Int] = [:]) -> [Finding] {
    if template.submitters.isEmpty, let function = template.functions.first(where: FunctionPolicyCheck.refusesToSubmit)
    {
      return openness(names) + [
        .ok("policy: nothing may submit jobs, as ALLOWED_OPERATIONS of \(function.name) says")
      ]
    }
    let unread = template.submitters.flatMap { submitter in submitter.unread.map { "\($0) of \(submitter.name)" } }
    return openness(names)
      + unread.map { .warn("policy: \($0) is not supported here", run: "less template.yaml") }
      + names.queues.flatMap { findings(queue: $0) }
      + names.definitions.flatMap { findings(definition: $0, revision: revisions[$0]) }
  }

  /// Warns if the template allows every queue or definition of the account.
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
        .warn, "policy: \(open.joined(separator: " and ")) of the template: * allows everything in the account")
    ]
  }

  /// Checks that every submitter may submit jobs to a queue.
  func findings(queue: JobQueueName) -> [Finding] {
    findings(
      "submit to job queue \(queue)", forms: [(name: "", resource: "job-queue/\(queue)")],
      deploy.allowing(queues: ["\(queue)"]))
  }

  /// Checks that every submitter may submit a definition, without a revision and with one, unless it names its own.
  ///
  /// IAM checks the definition's own ARN if a caller names no revision, and the revision's ARN if the caller does
  /// (https://github.com/aws/aws-cdk/issues/26128, https://github.com/udondan/iam-floyd/issues/431).
  ///
  /// - Parameter revision: the revision that a job would use; nil if unknown.
  func findings(definition: JobDefinitionName, revision: Int?) -> [Finding] {
    let resource = "job-definition/\(definition)"
    var forms = [(name: definition.hasRevision ? "" : " without a revision", resource: resource)]
    if !definition.hasRevision {
      forms.append((" with " + (revision.map { "revision \($0)" } ?? "a revision"), "\(resource):\(revision ?? 1)"))
    }
    return findings(
      "submit job definition \(definition)", forms: forms, deploy.allowing(definitions: ["\(definition)"]))
  }

  /// One finding for each group of submitters with the same permissions.
  private func findings(
    _ what: String, forms: [(name: String, resource: String)], _ deploy: DeployCommand
  ) -> [Finding] {
    guard !template.submitters.isEmpty else {
      return [deploy.finding(.fail, "policy: no function or role in the template may \(what)")]
    }
    // The others have already been reported as unsupported.
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
