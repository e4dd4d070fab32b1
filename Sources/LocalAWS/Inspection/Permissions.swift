/// What the IAM policies of a template let a function or a role do.
public struct Permissions: Hashable, Sendable {
  /// What IAM says to an action on a resource.
  public enum Decision: Hashable, Sendable {
    /// A statement allows it, and none denies it.
    case allowed
    /// A statement denies it.
    case denied
    /// No statement allows it.
    case notAllowed
    /// A condition decides, or a policy that is not in the template.
    case unknown(String)
  }

  /// The statements of all its policies.
  var statements: [PolicyStatement] = []
  /// The policies that are attached and not in the template.
  var unread: [String] = []

  /// Whether any statement is about an action.
  func areAbout(action: String) -> Bool { statements.contains { $0.isAbout(action: action) } }

  /// What IAM says to an action, such as `batch:SubmitJob`, on the resource of an ARN.
  public func decision(on action: String, _ arn: String) -> Decision {
    let applicable = statements.filter { $0.isAbout(action: action) && $0.resources.contains(arn) }
    if applicable.contains(where: { !$0.allows && !$0.hasCondition }) { return .denied }
    let isConditional = applicable.contains { $0.hasCondition }
    if applicable.contains(where: { $0.allows && !$0.hasCondition }) {
      return isConditional && applicable.contains { !$0.allows } ? .unknown("a Condition decides") : .allowed
    }
    if isConditional { return .unknown("a Condition decides") }
    if let policy = unread.first { return .unknown("\(policy) decides, which is not in the template") }
    return .notAllowed
  }
}
