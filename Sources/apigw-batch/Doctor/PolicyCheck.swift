internal import Batch
internal import LocalAWS
internal import Platform
internal import SubmitJob

/// Whether the template's IAM policies and its functions' own let jobs through, with the values of its parameters.
struct PolicyCheck {
  let template: TemplateInspection
  let deploy: DeployCommand
  /// What the ARNs of Batch begin with, such as `arn:aws:batch:eu-west-1:123456789012:`.
  let arnPrefix: String

  /// The prefix of Batch's ARNs in a region and an account.
  static func arnPrefix(region: String, accountID: String) -> String {
    "arn:\(Partition(region: region).name):batch:\(region):\(accountID):"
  }

  /// Whether the template names what may be submitted; it works without, for all of the account's.
  func openness(queues: [String], definitions: [String]) -> Finding? {
    let open = ["JobQueues", "JobDefinitions"].filter { template.parameters[$0] == "*" }
    guard !open.isEmpty else { return nil }
    func missing(_ parameter: String, _ names: [String]) -> [String] {
      open.contains(parameter) ? names.isEmpty ? ["NAME"] : names : []
    }
    return .warn(
      "policy: \(open.joined(separator: " and ")) of the template: * allows all that the account has",
      type: deploy.line(
        allowing: missing("JobQueues", queues), definitions: missing("JobDefinitions", definitions)))
  }

  /// Whether all who submit jobs may submit them to a queue.
  func findings(queue: String) -> [Finding] {
    let arn = "\(arnPrefix)job-queue/\(queue)"
    return submitters(of: "job queue \(queue)") { submitter in
      Outcome([("", submitter.permissions.decision(on: TemplateInspection.Submitter.action, arn))])
    } text: { _ in
      "submit to job queue \(queue)"
    } command: {
      deploy.line(allowing: [queue])
    } arns: {
      [arn]
    }
  }

  /// Whether all who submit jobs may submit a definition, without a revision and with one.
  ///
  /// IAM's refusals name the definition's own ARN where a caller names no revision, and the revision's where one does
  /// (https://github.com/aws/aws-cdk/issues/26128, https://github.com/udondan/iam-floyd/issues/431).
  ///
  /// - Parameter revision: the one that a job is made of; nil when it isn't known.
  func findings(definition: JobDefinitionName, revision: Int?) -> [Finding] {
    let arn = "\(arnPrefix)job-definition/\(definition.name)"
    let forms = [
      ("without a revision", arn),
      (revision.map { "with revision \($0)" } ?? "with a revision", "\(arn):\(revision ?? 1)"),
    ]
    // Whoever names a revision may have it alone allowed.
    let needed = definition.hasRevision ? [forms[1]] : forms
    return submitters(of: "job definition \(definition)") { submitter in
      Outcome(
        needed.map { form, arn in
          (form, submitter.permissions.decision(on: TemplateInspection.Submitter.action, arn))
        })
    } text: { forms in
      "submit job definition \(definition.name) \(forms.joined(separator: " and "))"
    } command: {
      deploy.line(definitions: ["\(definition)"])
    } arns: {
      needed.map(\.1)
    }
  }

  /// Decisions on one or more forms of a name, in words.
  private struct Outcome: Hashable {
    struct Form: Hashable {
      let name: String
      let decision: Permissions.Decision
    }
    let forms: [Form]

    init(_ decisions: [(String, Permissions.Decision)]) {
      forms = decisions.map { Form(name: $0.0, decision: $0.1) }
    }

    var refused: [Form] { forms.filter { [.denied, .notAllowed].contains($0.decision) } }
    var allowed: [Form] { forms.filter { $0.decision == .allowed } }
    /// Why it's not known, when nothing is refused and something is not known.
    var doubt: String? {
      forms.lazy.compactMap { form in
        guard case .unknown(let reason) = form.decision else { return nil }
        return reason
      }.first
    }
  }

  /// One finding for all the submitters that the same was found for.
  private func submitters(
    of what: String, decide: (TemplateInspection.Submitter) -> Outcome, text: ([String]) -> String,
    command: () -> String, arns: () -> [String]
  ) -> [Finding] {
    guard !template.submitters.isEmpty else {
      return [.fail("policy: the template has none about batch:SubmitJob, which \(what) needs", type: command())]
    }
    var names: [Outcome: [String]] = [:]
    for submitter in template.submitters { names[decide(submitter), default: []].append(submitter.name) }
    return names.sorted { $0.value[0] < $1.value[0] }.map { outcome, names in
      let who = "policy: \(names.sorted().joined(separator: " and "))"
      let forms = { (forms: [Outcome.Form]) in forms.map(\.name).filter { !$0.isEmpty } }
      guard outcome.refused.isEmpty else {
        let isDenied = outcome.refused.contains { $0.decision == .denied }
        let reason = isDenied ? "a statement denies it" : "no statement allows it"
        let rest = outcome.allowed.isEmpty ? "" : ", only \(forms(outcome.allowed).joined(separator: " and "))"
        return .fail("\(who) may not \(text(forms(outcome.refused)))\(rest): \(reason)", type: command())
      }
      if let doubt = outcome.doubt {
        return .warn(
          "\(who) may perhaps \(text(forms(outcome.forms))): \(doubt)",
          type: "aws iam simulate-principal-policy --action-names batch:SubmitJob --resource-arns "
            + "\(arns().joined(separator: " ")) --policy-source-arn ARN-OF-THE-ROLE")
      }
      return .ok("\(who) may \(text(forms(outcome.forms)))")
    }
  }
}
