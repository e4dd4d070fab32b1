internal import Foundation

extension Deployment {
  /// Reads a SAM or CloudFormation template.
  ///
  /// - Parameters:
  ///   - source: the template, YAML or JSON.
  ///   - file: its name, for messages.
  ///   - parameters: values that go before the defaults of the template's parameters.
  ///   - region: the region, which `AWS::Region` stands for.
  init(template source: String, file: String, parameters: [String: String] = [:], region: String)
    throws(TemplateFileError)
  {
    let stack = try Stack(source: source, file: file, parameters: parameters, region: region)
    var reader = try DeploymentReader(stack)
    self = try reader.read()
  }

  /// Reads the template at a path.
  init(templateAt path: String, parameters: [String: String] = [:], region: String) throws(TemplateFileError) {
    try self.init(
      template: Stack.contents(of: path), file: path, parameters: parameters, region: region)
  }
}

extension Stack {
  /// The text of a template file.
  static func contents(of path: String) throws(TemplateFileError) -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      let problem = FileManager.default.fileExists(atPath: path) ? "can't be read as UTF-8 text" : "is not there"
      throw TemplateFileError(
        file: path, line: nil, path: "", reason: "\(problem); name a template with --template")
    }
  }
}
