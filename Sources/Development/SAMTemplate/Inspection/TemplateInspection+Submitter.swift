extension TemplateInspection {
  /// A function or a role, with the permission to submit jobs that the template's managed policies give it.
  ///
  /// Only statements that allow actions on resources are understood. The rest of
  /// [IAM's grammar](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html) goes to `unread`.
  package struct Submitter: Hashable, Sendable {
    /// The logical id.
    package let name: String
    /// The prefix of Batch's ARNs in the account that the template is read for.
    let arnPrefix: String
    /// The ARNs for which `batch:SubmitJob` is allowed.
    var allowed: [PolicyPattern] = []
    /// Elements that may affect permissions but aren't understood, such as a statement's `Condition`.
    package internal(set) var unread: [String] = []

    /// Whether a statement allows `batch:SubmitJob` on a Batch resource such as `job-queue/reports`.
    package func maySubmit(_ resource: String) -> Bool {
      allowed.contains { $0.matches(arnPrefix + resource) }
    }
  }
}

extension Stack {
  /// A function or a role as a submitter.
  func submitter(_ resource: Resource) throws -> TemplateInspection.Submitter {
    var submitter = TemplateInspection.Submitter(name: resource.logicalID, arnPrefix: arn("batch", ""))
    let properties = try properties(of: resource)
    if try properties["Role"] != nil { submitter.unread.append("Role") }
    for element in ["Policies", "ManagedPolicyArns"] {
      for policy in try properties[element]?.listed() ?? [] {
        // `Ref` yields the logical id of a policy in this template.
        if let name = policy.node.text, let policy = self.resource(name) {
          try read(policy, for: &submitter)
        } else {
          submitter.unread.append(policy.node.text ?? element)
        }
      }
    }
    return submitter
  }

  private func read(
    _ policy: Resource, for submitter: inout TemplateInspection.Submitter
  ) throws {
    for statement in try properties(of: policy)["PolicyDocument"]?["Statement"]?.listed() ?? [] {
      if let actions = try statement["Action"]?.listed() {
        var isAboutJobs = false
        for action in actions where PolicyPattern(try action.text().lowercased()).matches("batch:submitjob") {
          isAboutJobs = true
        }
        guard isAboutJobs else { continue }
      }
      let effect = try statement["Effect"]?.text() ?? "none"
      let other = statement.node.entries.map(\.key).first { !["Sid", "Effect", "Action", "Resource"].contains($0) }
      if let unread = other ?? (effect == "Allow" ? nil : effect) {
        submitter.unread.append(unread)
        continue
      }
      for resource in try statement["Resource"]?.listed() ?? [] {
        submitter.allowed.append(PolicyPattern(try resource.text()))
      }
    }
  }
}

extension TemplateValue {
  /// The elements of a list; or a single value as its only element.
  fileprivate func listed() throws -> [TemplateValue] {
    node.elements == nil ? [self] : try elements()
  }
}
