/// A template's functions and submitters of jobs, to be compared with a deployed stack.
package struct TemplateInspection: Sendable {
  /// A function that is deployed.
  package struct Function: Hashable, Sendable {
    /// The logical id.
    package let name: String
    /// The architecture: `x86_64`, Lambda's default, or `arm64`.
    package let architecture: String
    /// Its environment variables.
    package let variables: [String: String]
  }

  /// The functions, in the template's order.
  package let functions: [Function]
  /// The functions and roles that may submit jobs, or whose permissions aren't fully understood, in template order.
  package let submitters: [Submitter]
  /// The values of the template's parameters, except lists and parameters without a value.
  package let parameters: [String: String]
  /// The deployed parameters that the template doesn't have.
  package let undeclaredParameters: [String]

  /// Reads the template at a path.
  ///
  /// - Parameters:
  ///   - settings: its parameters override those of `deployed`, which override the template's defaults.
  ///   - deployed: the parameters of a deployed stack, which may come from another template.
  /// - Throws: `TemplateFileError`, which names file, line and place.
  package init(templateAt path: String, _ settings: StackSettings, deployed: [String: String] = [:]) throws {
    let source = try Stack.contents(of: path)
    let declared = Set(try TemplateNode(yaml: source, file: path)["Parameters"]?.entries.map(\.key) ?? [])
    undeclaredParameters = deployed.keys.filter { !declared.contains($0) }.sorted()
    var settings = settings
    settings.parameters = deployed.filter { declared.contains($0.key) }.merging(settings.parameters) { $1 }
    let stack = try Stack(source: source, file: path, settings)
    var functions: [Function] = []
    var submitters: [Submitter] = []
    for resource in stack.resources where resource.isFunction || resource.type == "AWS::IAM::Role" {
      guard try stack.exists(resource) else { continue }
      let submitter = try stack.submitter(resource)
      if submitter.maySubmit || !submitter.unread.isEmpty { submitters.append(submitter) }
      if resource.isFunction { functions.append(try Function(resource, in: stack)) }
    }
    self.functions = functions
    self.submitters = submitters
    var values: [String: String] = [:]
    for name in declared {
      guard let node = stack.parameter(name), case .text(let text)? = try? stack.value(ofParameter: name, node) else {
        continue
      }
      values[name] = text
    }
    self.parameters = values
  }
}

extension TemplateInspection.Function {
  fileprivate init(_ resource: Stack.Resource, in stack: Stack) throws {
    let properties = try stack.properties(of: resource)
    name = resource.logicalID
    architecture = try properties["Architectures"]?.texts().first ?? "x86_64"
    variables = try properties["Environment"]?["Variables"]?.textsByKey() ?? [:]
  }
}
