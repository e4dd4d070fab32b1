internal import Yams

extension TemplateNode {
  /// Parses YAML, or JSON, which is a subset of YAML.
  ///
  /// - Parameter file: the file's name, for messages.
  init(yaml: String, file: String) throws {
    let root: Node?
    do {
      // With the basic resolver every plain scalar is a string; its type depends on where it is used.
      root = try compose(yaml: yaml.joiningSurrogates, .basic)
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

/// Converts the nodes of the YAML parser: short forms of functions become long ones, keys become strings.
private struct NodeReader {
  /// CloudFormation's limit of 1 MB isn't enough, because aliases can expand to any number of nodes.
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
        reason: "has more than \(Self.nodeLimit) values or \(Self.depthLimit) levels; use fewer aliases, and nest less")
    }
    guard let function = Self.functionName(tag: node.writtenTag) else {
      return try readContent(node, line: line, path: path, depth: depth, keyLine: keyLine)
    }
    let argument = try readContent(node, line: line, path: path, depth: depth, keyLine: keyLine)
    let entry = TemplateNode.Entry(key: function, line: line, value: argument)
    return TemplateNode(content: .mapping([entry]), file: file, line: line, path: path)
  }

  private mutating func readContent(
    _ node: Node, line: Int, path: String, depth: Int, keyLine: Int?
  ) throws -> TemplateNode {
    switch node {
    case .scalar(let scalar):
      return TemplateNode(content: .scalar(scalar.string, scalar.templateStyle), file: file, line: line, path: path)
    case .sequence(let sequence):
      let elements = try sequence.enumerated().map { index, element in
        try read(element, path: "\(path)[\(index)]", depth: depth + 1)
      }
      return TemplateNode(content: .sequence(elements), file: file, line: keyLine ?? line, path: path)
    case .mapping(let mapping):
      let entries = try mapping.map { key, value in try entry(key, value, path: path, depth: depth) }
      return TemplateNode(content: .mapping(entries), file: file, line: keyLine ?? line, path: path)
    case .alias:
      // Unreachable for parsed YAML, because the parser replaces each alias with its anchor's node.
      throw TemplateFileError(file: file, line: line, path: path, reason: "is an alias; write out the value")
    }
  }

  private mutating func entry(
    _ key: Node, _ value: Node, path: String, depth: Int
  ) throws -> TemplateNode.Entry {
    let line = key.mark?.line ?? 1
    guard case .scalar(let scalar) = key else {
      throw TemplateFileError(
        file: file, line: line, path: path, reason: "has a key that is not a string; write a string")
    }
    let name = scalar.string
    guard name != "<<" || [.singleQuoted, .doubleQuoted].contains(scalar.style) else {
      throw TemplateFileError(
        file: file, line: line, path: path,
        reason: "has a merge key (<<), which CloudFormation rejects; write out the keys")
    }
    // The path of a function's argument omits the function, so that it doesn't depend on how the function is written.
    let isFunction = name == "Ref" || name.hasPrefix("Fn::")
    let place = isFunction ? path : path.isEmpty ? name : "\(path).\(name)"
    return TemplateNode.Entry(
      key: name, line: line, value: try read(value, path: place, depth: depth + 1, keyLine: line))
  }

  /// The long form of a function's tag: `Ref` for `!Ref`, `Fn::Sub` for `!Sub`; nil for YAML's own tags.
  private static func functionName(tag: String) -> String? {
    guard tag.hasPrefix("!"), tag.count > 1 else { return nil }
    let name = tag.dropFirst()
    return name == "Ref" || name == "Condition" ? String(name) : "Fn::\(name)"
  }
}

extension Node {
  /// The tag as written; empty without one.
  fileprivate var writtenTag: String {
    switch self {
    case .scalar(let scalar): scalar.tag.rawValue
    case .sequence(let sequence): sequence.tag.rawValue
    case .mapping(let mapping): mapping.tag.rawValue
    case .alias(let alias): alias.tag.rawValue
    }
  }
}

extension String {
  /// JSON with each pair of escaped surrogates as one escape of YAML, which has no such pairs.
  fileprivate var joiningSurrogates: String {
    guard first(where: { !$0.isWhitespace }) == "{", contains(#"\ud"#) || contains(#"\uD"#) else { return self }
    // The last alternative skips any other escape, such as that of a backslash before a `u`.
    return replacing(/\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|.)/) { match in
      guard let high = match.1.flatMap({ Int($0, radix: 16) }), let low = match.2.flatMap({ Int($0, radix: 16) }) else {
        return String(match.0)
      }
      let digits = String(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00), radix: 16)
      return #"\U"# + String(repeating: "0", count: 8 - digits.count) + digits
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
  /// An error of the YAML parser, in one line.
  fileprivate init(_ error: any Error, file: String) {
    let (line, problem): (Int?, String) =
      switch error as? YamlError {
      case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
        .composer(let context, let problem, let mark, _):
        (mark.line, context.map { "\(problem) (\($0.text), line \($0.mark.line))" } ?? problem)
      case .reader(let problem, let offset, _, let yaml):
        (offset.map { yaml.prefix($0).count { $0.isNewline } + 1 }, problem)
      case .duplicatedKeysInMapping(let duplicates, let context):
        (context.mark.line, "the key \(duplicates.joined(separator: ", ")) occurs twice")
      default: (nil, String(describing: error))
      }
    self.init(file: file, line: line, path: "", reason: "is not valid YAML: \(problem); fix it there")
  }
}
