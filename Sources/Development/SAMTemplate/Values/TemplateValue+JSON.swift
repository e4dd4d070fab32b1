internal import JSONTree
internal import RawJSON

extension TemplateNode {
  /// The boolean that a plain scalar means in YAML 1.1, which CloudFormation reads; nil for any other text.
  static func boolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }
}

extension TemplateValue {
  /// Whether this is null.
  var isNull: Bool {
    if case .scalar("", .plain) = node.content { return true }
    if case .scalar(let text, .plain) = node.content { return ["~", "null", "Null", "NULL"].contains(text) }
    return false
  }

  /// The scalar as JSON, where a plain one may be a number, a boolean or null; nil for a list or a mapping.
  var scalarJSON: JSON? {
    guard case .scalar(let text, let style) = node.content else { return nil }
    guard style == .plain else { return .string(text) }
    if isNull { return .null }
    if let value = TemplateNode.boolean(text) { return .boolean(value) }
    let isNumber = text.first.map { $0 == "-" || $0.isNumber } ?? false
    if isNumber, let json = try? JSON(parsing: Array(text.utf8)), case .number = json { return json }
    return .string(text)
  }
}
