internal import Foundation

/// The values of a template's parameters and of the pseudo parameters.
package struct StackSettings: Sendable {
  /// Values that override the defaults of the template's own parameters.
  package var parameters: [String: String]
  /// Values that take the place of the template's own defaults, for parameters that list them in `AllowedValues`.
  package var defaults: [String: String]
  /// `AWS::Region`.
  package var region: String
  /// `AWS::AccountId`.
  package var accountID: String
  /// `AWS::StackName`.
  package var stackName: String

  /// Settings for a stack.
  package init(
    parameters: [String: String] = [:], defaults: [String: String] = [:], region: String, accountID: String,
    stackName: String
  ) {
    self.parameters = parameters
    self.defaults = defaults
    self.region = region
    self.accountID = accountID
    self.stackName = stackName
  }
}

/// A template with values for its parameters, in a region, which CloudFormation calls a stack.
///
/// Values are evaluated only when needed, so that resources that aren't emulated may contain anything.
final class Stack {
  /// The file's name, for messages.
  let file: String
  /// The values of parameters and pseudo parameters.
  let settings: StackSettings
  /// The template, with what it includes next to its sections and resources.
  private(set) var root: TemplateNode
  /// The resources, in the template's order, including those whose condition is false.
  private(set) var resources: [Resource] = []
  /// Whether the template may have more resources, because of a macro, a loop or a file that isn't read here.
  private(set) var mayLackResources = false

  /// The warnings, each with its line.
  private var notes: [(file: String, line: Int, text: String)] = []
  /// The values of the conditions evaluated so far.
  var conditionValues: [String: Bool] = [:]
  /// The conditions that are being evaluated, outermost first.
  var conditionsInProgress: [String] = []

  /// The contents of the files that the template includes, by path.
  var includedFiles: [String: TemplateNode] = [:]

  /// The nesting depth of the functions being evaluated.
  var depth = 0
  /// The maximum of `depth`, because mappings and attributes can form cycles.
  static let depthLimit = 100

  /// A resource of the template.
  struct Resource {
    let logicalID: String
    let type: String
    /// The whole resource: `Type`, `Condition`, `Properties`.
    let node: TemplateNode
  }

  /// Reads a template, and checks the values of its parameters.
  ///
  /// - Parameters:
  ///   - file: the file's name, for messages.
  init(source: String, file: String, _ settings: StackSettings) throws {
    root = try TemplateNode(yaml: source, file: file)
    self.file = file
    self.settings = settings
    root = try including(root)
    if let resources = root["Resources"], resources["Fn::Transform"] != nil {
      root = root.setting("Resources", try including(resources))
    }
    resources = try writtenResources()
    if !unknownTransforms.isEmpty { mayLackResources = true }
    try checkOverrides()
  }

  /// A mapping with the file that an `Fn::Transform` among its keys includes.
  private func including(_ node: TemplateNode) throws -> TemplateNode {
    guard let transform = node["Fn::Transform"] else { return node }
    let kept = node.entries.filter { $0.key != "Fn::Transform" }
    let entries = try read(orWarn: "what it adds is missing") { try included(transform, into: node) }
    if entries == nil { mayLackResources = true }
    return node.with(.mapping(entries ?? kept))
  }

  private func writtenResources() throws -> [Resource] {
    guard let resources = root["Resources"], !resources.entries.isEmpty || mayLackResources else {
      throw TemplateFileError(
        file: file, line: root["Resources"]?.line, path: "",
        reason: "has no Resources; give a SAM or CloudFormation template")
    }
    var all: [Resource] = []
    for entry in resources.entries {
      if entry.key.hasPrefix(Self.loop) {
        warn(at: entry, "\(entry.key) is not supported; write out its resources")
        mayLackResources = true
        continue
      }
      guard let type = entry.value["Type"]?.text else {
        throw TemplateFileError(
          file: file, line: entry.line, path: entry.value.path,
          reason: "has no Type; write one such as AWS::Serverless::Function")
      }
      all.append(Resource(logicalID: entry.key, type: type, node: entry.value))
    }
    return all
  }

  /// The contents of a template file.
  static func contents(of path: String) throws -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      let problem = FileManager.default.fileExists(atPath: path) ? "can't be read as UTF-8 text" : "does not exist"
      throw TemplateFileError(
        file: path, line: nil, path: "", reason: "\(problem); check the path")
    }
  }

  /// The region.
  var region: String { settings.region }

  /// A resource by its logical id.
  func resource(_ logicalID: String) -> Resource? {
    resources.first { $0.logicalID == logicalID }
  }

  /// Whether a resource is deployed, that is, its condition, if any, is true.
  func exists(_ resource: Resource) throws -> Bool {
    guard let condition = resource.node["Condition"] else { return true }
    return try self.condition(named: condition)
  }

  /// Records a warning about a value.
  func warn(at node: TemplateNode, _ text: String) {
    warn(node.file, node.line, node.path, text)
  }

  /// Records a warning about a place.
  func warn(at place: TemplatePlace, _ text: String) {
    warn(place.file, place.line, place.path, text)
  }

  /// Records a warning about a key.
  func warn(at entry: TemplateNode.Entry, _ text: String) {
    warn(entry.value.file, entry.line, entry.value.path, text)
  }

  /// Records a limitation as a warning.
  ///
  /// - Parameter consequence: what doesn't work because of it, as in `requests to Resources.F get a 500`.
  func warn(_ limitation: TemplateFileError, _ consequence: String) {
    warn(limitation.file, limitation.line ?? 1, limitation.path, "\(limitation.reason); \(consequence)")
  }

  private func warn(_ file: String, _ line: Int, _ path: String, _ text: String) {
    let note = "\(file):\(line): \(path): \(text)"
    // Globals are read once for each resource that they are merged into.
    if !notes.contains(where: { $0.text == note }) { notes.append((file, line, note)) }
  }

  /// The warnings, one line each with its place: the template's in the order of its lines, then those of other files.
  var warnings: [String] {
    notes.enumerated().sorted {
      let (first, second) = ($0.element, $1.element)
      return (first.file == file ? "" : first.file, first.line, $0.offset)
        < (second.file == file ? "" : second.file, second.line, $1.offset)
    }.map(\.element.text)
  }

  /// An error about a value.
  func error(at node: TemplateNode, _ reason: String) -> TemplateFileError {
    TemplateFileError(file: node.file, line: node.line, path: node.path, reason: reason)
  }
}
