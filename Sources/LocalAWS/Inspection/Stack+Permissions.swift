extension Stack {
  /// The permissions of a role of this template: its own policies, and those that are attached to it.
  func permissions(ofRole role: Resource) throws(TemplateFileError) -> Permissions {
    var permissions = Permissions()
    let properties = try properties(of: role)
    for policy in try properties["Policies"]?.elements() ?? [] {
      permissions.statements += try policy["PolicyDocument"]?.policyStatements() ?? []
    }
    for policy in try properties["ManagedPolicyArns"]?.texts() ?? [] { try attach(policy, to: &permissions) }
    for policy in resources where ["AWS::IAM::ManagedPolicy", "AWS::IAM::Policy"].contains(policy.type) {
      guard try exists(policy) else { continue }
      let policy = try self.properties(of: policy)
      guard try policy["Roles"]?.texts().contains(role.logicalID) == true else { continue }
      permissions.statements += try policy["PolicyDocument"]?.policyStatements() ?? []
    }
    return permissions
  }

  /// The permissions of a function: those of the role that it names, or of the one that SAM makes of its `Policies`.
  func permissions(ofFunction function: Resource) throws(TemplateFileError) -> Permissions {
    let properties = try properties(of: function)
    if let role = try properties["Role"]?.text() {
      // The ARN of a role that the template has ends in its logical id here.
      guard let name = role.split(separator: "/").last, let resource = resource(String(name)) else {
        return Permissions(unread: [role])
      }
      return try permissions(ofRole: resource)
    }
    guard let policies = try properties["Policies"] else { return Permissions() }
    var permissions = Permissions()
    for policy in policies.node.elements == nil ? [policies] : try policies.elements() {
      if let name = policy.node.text {
        try attach(name, to: &permissions)
      } else if policy.node["Statement"] != nil {
        permissions.statements += try policy.policyStatements()
      } else {
        permissions.unread.append(policy.node.entries.first?.key ?? "a policy")
      }
    }
    return permissions
  }

  /// Attaches the policy that a `Ref`, an ARN or a name stands for.
  private func attach(_ policy: String, to permissions: inout Permissions) throws(TemplateFileError) {
    // It only logs and traces.
    if policy.hasSuffix("AWSLambdaBasicExecutionRole") { return }
    guard let resource = resource(policy) else {
      permissions.unread.append(policy)
      return
    }
    permissions.statements += try properties(of: resource)["PolicyDocument"]?.policyStatements() ?? []
  }
}

extension TemplateValue {
  /// The statements of a policy document.
  func policyStatements() throws(TemplateFileError) -> [PolicyStatement] {
    guard let statement = try self["Statement"] else { throw error("has no Statement; write one") }
    var statements: [PolicyStatement] = []
    for statement in statement.node.elements == nil ? [statement] : try statement.elements() {
      statements.append(try statement.policyStatement())
    }
    return statements
  }

  private func policyStatement() throws(TemplateFileError) -> PolicyStatement {
    guard let effect = try self["Effect"]?.text() else { throw error("has no Effect; write Allow or Deny") }
    return PolicyStatement(
      allows: effect == "Allow", actions: try selection("Action") { $0.lowercased() },
      resources: try selection("Resource") { $0 }, hasCondition: try self["Condition"] != nil)
  }

  /// The patterns of an element, or of the one with `Not` before its name.
  private func selection(
    _ element: String, _ form: (String) -> String
  ) throws(TemplateFileError) -> PolicyStatement.Selection {
    for (key, isNegated) in [(element, false), ("Not\(element)", true)] {
      guard let value = try self[key] else { continue }
      let texts = value.node.elements == nil ? [try value.text()] : try value.texts()
      return .init(patterns: texts.map { PolicyPattern(form($0)) }, isNegated: isNegated)
    }
    throw error("has no \(element); write one")
  }
}
