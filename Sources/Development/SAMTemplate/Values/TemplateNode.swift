/// A value of a template as written, with its place. Functions are unevaluated, in their long form.
struct TemplateNode: Sendable {
  /// The value.
  enum Content: Sendable {
    case scalar(String, Style)
    case sequence([TemplateNode])
    case mapping([Entry])
  }

  /// How a scalar was written. Only a plain one can be a number, a boolean or null.
  enum Style: Sendable {
    case plain, quoted
    /// `|` or `>`: the text starts on the line below.
    case block
  }

  /// A key with its value.
  struct Entry: Sendable {
    let key: String
    /// The key's line.
    let line: Int
    let value: TemplateNode
  }

  let content: Content
  /// The name of the file that it is in, which is another than the template's for what the template includes.
  let file: String
  /// The line, from 1: that of a scalar itself, or of a sequence's or mapping's key.
  let line: Int
  /// The place in the tree, such as `Resources.RestApi.Properties.DefinitionBody.paths./lambda.post`.
  let path: String

  /// The entries of a mapping; none for anything else.
  var entries: [Entry] {
    guard case .mapping(let entries) = content else { return [] }
    return entries
  }

  /// The value of a mapping's key, unevaluated.
  subscript(key: String) -> TemplateNode? {
    entries.first { $0.key == key }?.value
  }

  /// The elements of a sequence, unevaluated; nil for anything else.
  var elements: [TemplateNode]? {
    guard case .sequence(let elements) = content else { return nil }
    return elements
  }

  /// The text of a scalar; nil for anything else.
  var text: String? {
    guard case .scalar(let text, _) = content else { return nil }
    return text
  }

  /// The kind of value, for messages.
  var kind: String {
    switch content {
    case .scalar: "a string"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The function that this calls: a mapping whose only key is `Ref` or `Fn::…`.
  var function: (name: String, argument: TemplateNode)? {
    guard let entry = entries.first, entries.count == 1, entry.key == "Ref" || entry.key.hasPrefix("Fn::") else {
      return nil
    }
    return (entry.key, entry.value)
  }

  /// Another value at the same place.
  func with(_ content: Content) -> TemplateNode {
    TemplateNode(content: content, file: file, line: line, path: path)
  }

  /// A string at the same place, as the result of a function.
  func with(text: String) -> TemplateNode {
    var style = Style.quoted
    // The result of Fn::Sub keeps its argument's lines, and so their numbers.
    if case .scalar(_, .block) = content { style = .block }
    return with(.scalar(text, style))
  }
}
