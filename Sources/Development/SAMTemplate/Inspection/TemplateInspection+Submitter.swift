extension TemplateInspection {
  /// A function or a role, with the permissions that the template's managed policies give it.
  ///
  /// Only statements that allow actions on resources are understood. The rest of
  /// [IAM's grammar](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html) goes to `unread`.
  package struct Submitter: Hashable, Sendable {
    /// A statement of a policy.
    struct Statement: Hashable, Sendable {
      /// The actions in lower case; nil if the statement names those that it isn't about.
      var actions: [PolicyPattern]?
      /// The ARNs on which they are allowed; empty if the statement isn't understood.
      var resources: [PolicyPattern] = []
      /// An element that isn't understood, such as `Condition`.
      var unread: String?

      /// Whether it may affect an action.
      func isAbout(_ action: String) -> Bool {
        actions?.contains { $0.matches(action.lowercased()) } ?? true
      }
    }

    /// The logical id.
    package let name: String
    /// The prefixes of the ARNs of Batch and of DynamoDB's tables in the account that the template is read for.
    let batchPrefix, tablePrefix: String
    /// The statements of its policies.
    var statements: [Statement] = []
    /// The policies and the role that are defined elsewhere.
    var unreadPolicies: [String] = []

    /// The action that makes it a submitter.
    fileprivate static let submitJob = "batch:SubmitJob"
    /// What a function that takes keys does with its table of keys.
    package static let tableActions = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]
    /// How such a function looks for a job. These actions take no resource.
    package static let searchActions = ["batch:ListJobs", "batch:DescribeJobs"]

    /// Elements that may affect the permission to submit jobs but aren't understood, such as a statement's `Condition`.
    package var unread: [String] { unread(about: Self.submitJob) }

    /// Whether a statement allows `batch:SubmitJob` on anything.
    var maySubmit: Bool { statements.contains { $0.isAbout(Self.submitJob) && !$0.resources.isEmpty } }

    /// Elements that may affect the permission for an action but aren't understood.
    package func unread(about action: String) -> [String] {
      unreadPolicies + statements.filter { $0.isAbout(action) }.compactMap(\.unread)
    }

    /// Whether a statement allows `batch:SubmitJob` on a Batch resource such as `job-queue/reports`.
    package func maySubmit(_ resource: String) -> Bool {
      may(Self.submitJob, on: batchPrefix + resource)
    }

    /// Whether a statement allows an action on a DynamoDB table, given by its name or ARN.
    package func may(_ action: String, onTable table: String) -> Bool {
      may(action, on: table.hasPrefix("arn:") ? table : tablePrefix + table)
    }

    /// Whether a statement allows an action on an ARN, or, with `*`, an action that takes no resource.
    package func may(_ action: String, on arn: String) -> Bool {
      statements.contains { $0.isAbout(action) && $0.resources.contains { $0.matches(arn) } }
    }
  }
}

extension Stack {
  /// A function or a role as a submitter.
  func submitter(_ resource: Resource) throws -> TemplateInspection.Submitter {
    var submitter = TemplateInspection.Submitter(
      name: resource.logicalID, batchPrefix: arn("batch", ""), tablePrefix: arn("dynamodb", "table/"))
    let properties = try properties(of: resource)
    if try properties["Role"] != nil { submitter.unreadPolicies.append("Role") }
    for element in ["Policies", "ManagedPolicyArns"] {
      for policy in try properties[element]?.listed() ?? [] {
        // `Ref` yields the logical id of a policy in this template.
        if let name = policy.node.text, let policy = self.resource(name) {
          let document = try self.properties(of: policy)["PolicyDocument"]
          submitter.statements += try document?["Statement"]?.listed().compactMap { try statement($0) } ?? []
        } else {
          submitter.unreadPolicies.append(policy.node.text ?? element)
        }
      }
    }
    return submitter
  }

  /// A statement; nil if it isn't about anything that is examined.
  private func statement(_ node: TemplateValue) throws -> TemplateInspection.Submitter.Statement? {
    typealias Submitter = TemplateInspection.Submitter
    var statement = Submitter.Statement()
    statement.actions = try node["Action"]?.listed().map { PolicyPattern(try $0.text().lowercased()) }
    let isAboutSubmitting = statement.isAbout(Submitter.submitJob)
    guard isAboutSubmitting || (Submitter.tableActions + Submitter.searchActions).contains(where: statement.isAbout)
    else { return nil }
    let effect = try node["Effect"]?.text() ?? "none"
    let other = node.node.entries.map(\.key).first { !["Sid", "Effect", "Action", "Resource"].contains($0) }
    if let unread = other ?? (effect == "Allow" ? nil : effect) {
      statement.unread = unread
      return statement
    }
    do {
      statement.resources = try node["Resource"]?.listed().map { PolicyPattern(try $0.text()) } ?? []
    } catch {
      // Such as an attribute that only AWS knows, of a resource that has nothing to do with jobs.
      if isAboutSubmitting { throw error }
      statement.unread = "Resource"
    }
    return statement
  }
}

extension TemplateValue {
  /// The elements of a list; or a single value as its only element.
  fileprivate func listed() throws -> [TemplateValue] {
    node.elements == nil ? [self] : try elements()
  }
}
