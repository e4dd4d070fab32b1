internal import Yams

extension TemplateNode {
  /// Reads YAML, or JSON, which is YAML too.
  ///
  /// - Parameter file: the file's name, for messages.
  init(yaml: String, file: String) throws {
    let root: Node?
    do {
      // Without rules every plain scalar is a text: what it means depends on where it stands.
      root = try compose(yaml: yaml, .basic)
    } catch {
      throw TemplateFileError(error, file: file)
    }
    guard let root else {
      throw TemplateFileError(file: file, line: nil, path: "", reason: "is empty; write a template with Resources")
    }
    var reader = NodeReader(file: file)
    self = try reader.read(root, path: "", depth: 0)
  }
}

/// Turns the nodes of the YAML parser into a template's: short forms of functions into long ones, keys into texts.
private struct NodeReader {
  /// CloudFormation reads 1 MB; aliases could make any number of nodes of that.
  static let nodeLimit = 100_000
  static let depthLimit = 200

  let file: String
  var count = 0

  mutating func read(_ node: Node, path: String, depth: Int, keyLine: Int? = nil) throws
    -> TemplateNode
  {
    let line = node.mark?.line ?? keyLine ?? 1
    count += 1
    guard count <= Self.nodeLimit, depth <= Self.depthLimit else {
      throw TemplateFileError(
        file: file, line: line, path: path,
        reason: "has more than \(Self.nodeLimit) values or \(Self.depthLimit) levels; use fewer aliases, nest less")
    }
    guard let function = Self.functionName(tag: node.writtenTag) else {
      return try readContent(node, line: line, path: path, depth: depth, keyLine: keyLine)
    }
    let argument = try readContent(node, line: line, path: path, depth: depth, keyLine: keyLine)
    let entry = TemplateNode.Entry(key: function, line: line, value: argument)
    return TemplateNode(content: .mapping([entry]), line: line, path: path)
  }

  private mutating func readContent(
    _ node: Node, line: Int, path: String, depth: Int, keyLine: Int?
  ) throws -> TemplateNode {
    switch node {
    case .scalar(let scalar):
      return TemplateNode(content: .scalar(scalar.string, scalar.templateStyle), line: line, path: path)
    case .sequence(let sequence):
      let elements = try sequence.enumerated().map { index, element in
        try read(element, path: "\(path)[\(index)]", depth: depth + 1)
      }
      return TemplateNode(content: .sequence(elements), line: keyLine ?? line, path: path)
    case .mapping(let mapping):
      let entries = try mapping.map { key, value in try entry(key, value, path: path, depth: depth) }
      return TemplateNode(content: .mapping(entries), line: keyLine ?? line, path: path)
    case .alias:
      // Only whoever writes YAML makes these; the parser has put the anchor's node in the alias's place.
      throw TemplateFileError(file: file, line: line, path: path, reason: "is an alias; write the value in its place")
    }
  }

  private mutating func entry(
    _ key: Node, _ value: Node, path: String, depth: Int
  ) throws -> TemplateNode.Entry {
    let line = key.mark?.line ?? 1
    guard case .scalar(let scalar) = key else {
      throw TemplateFileError(file: file, line: line, path: path, reason: "has a key that is no text; write a text")
    }
    let name = scalar.string
    guard name != "<<" || [.singleQuoted, .doubleQuoted].contains(scalar.style) else {
      throw TemplateFileError(
        file: file, line: line, path: path,
        reason: "has a merge key (<<), which CloudFormation refuses; write the keys in its place")
    }
    // A function's argument is where the function is: the path says where in the template, not how it's written.
    let isFunction = name == "Ref" || name.hasPrefix("Fn::")
    let place = isFunction ? path : path.isEmpty ? name : "\(path).\(name)"
    return TemplateNode.Entry(
      key: name, line: line, value: try read(value, path: place, depth: depth + 1, keyLine: line))
  }

  /// The long form of a short one: `!Ref` is `Ref`, `!Sub` is `Fn::Sub`; nil for YAML's own tags.
  private static func functionName(tag: String) -> String? {
    guard tag.hasPrefix("!"), tag.count > 1 else { return nil }
    let name = tag.dropFirst()
    return name == "Ref" || name == "Condition" ? String(name) : "Fn::\(name)"
  }
}

extension Node {
  /// The tag as it was written; empty when none was.
  fileprivate var writtenTag: String {
    switch self {
    case .scalar(let scalar): scalar.tag.rawValue
    case .sequence(let sequence): sequence.tag.rawValue
    case .mapping(let mapping): mapping.tag.rawValue
    case .alias(let alias): alias.tag.rawValue
    }
  }
}

extension Node.Scalar {
  fileprivate var templateStyle: TemplateNode.Style {
    switch style {
    case .literal, .folded: .block
    case .singleQuoted, .doubleQuoted: .quoted
    case .plain, .any: ["!", Tag.Name.str.rawValue].contains(tag.rawValue) ? .quoted : .plain
    }
  }
}

extension TemplateFileError {
  /// What the YAML parser says, in one line.
  fileprivate init(_ error: any Error, file: String) {
    let (line, problem): (Int?, String) =
      switch error as? YamlError {
      case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
        .composer(let context, let problem, let mark, _):
        (mark.line, context.map { "\(problem) (\($0.text) of line \($0.mark.line))" } ?? problem)
      case .reader(let problem, let offset, _, let yaml):
        (offset.map { yaml.prefix($0).count { $0.isNewline } + 1 }, problem)
      case .duplicatedKeysInMapping(let duplicates, let context):
        (context.mark.line, "the key \(duplicates.joined(separator: ", ")) is there twice")
      default: (nil, String(describing: error))
      }
    self.init(file: file, line: line, path: "", reason: "isn't YAML: \(problem); mend it there")
  }
}
