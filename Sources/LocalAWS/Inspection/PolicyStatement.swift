/// A statement of an IAM policy, as far as it says what may be done to what.
///
/// See [IAM's policy grammar](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).
struct PolicyStatement: Hashable, Sendable {
  /// A list of patterns: what it names, or all but that.
  struct Selection: Hashable, Sendable {
    let patterns: [PolicyPattern]
    /// Whether the element's name begins with `Not`.
    var isNegated = false

    func contains(_ text: String) -> Bool { patterns.contains { $0.matches(text) } != isNegated }
  }

  /// Whether it allows; otherwise it denies.
  let allows: Bool
  /// The actions, in lower case.
  let actions: Selection
  /// The ARNs.
  let resources: Selection
  /// Whether it holds under conditions alone, which nobody looks at here.
  let hasCondition: Bool

  /// Whether it is about an action, which is written in any case.
  func isAbout(action: String) -> Bool { actions.contains(action.lowercased()) }
}
