internal import Foundation
internal import Platform

extension Stack {
  /// The contents of the file that a `Fn::Transform` names: a path, relative to the file that it is written in.
  ///
  /// `AWS::Include` is the only macro that is run. It reads from S3 in AWS, where `sam package` puts the file.
  func included(_ transform: TemplateNode) throws -> TemplateNode {
    guard let name = transform["Name"], try text(name) == "AWS::Include" else {
      throw limitation(at: transform, "only the macro AWS::Include is run here; write out what this one makes")
    }
    guard transform.file == file else {
      throw error(at: transform, "is in an included file, where macros are not run; write out what it includes")
    }
    guard let location = transform["Parameters"]?["Location"] else {
      throw error(at: transform, "has no Location; write the file's name in Parameters")
    }
    return try file(at: location)
  }

  /// The entries of a mapping with `Fn::Transform` among its keys, whose contents are added to the others.
  func included(_ transform: TemplateNode, into node: TemplateNode) throws -> [TemplateNode.Entry] {
    let contents = try included(transform)
    guard case .mapping = contents.content else {
      throw error(at: transform, "includes \(contents.kind), but has keys next to it; include a mapping")
    }
    let own = node.entries.filter { $0.key != "Fn::Transform" }
    return own + contents.entries.filter { entry in !own.contains { $0.key == entry.key } }
  }

  /// The contents of a YAML or JSON file on this machine.
  ///
  /// - Parameter location: its path, relative to the file that it is written in.
  func file(at location: TemplateNode) throws -> TemplateNode {
    guard let value = try evaluate(location), let path = value.text, !path.contains("://") else {
      throw limitation(at: location, "is not a file on this machine; write the path of one")
    }
    let directory = location.file.lastIndex(of: "/").map { location.file[...$0] } ?? ""
    let file = path.hasPrefix("/") ? path : String(directory + path.trimmingPrefix("./"))
    if let contents = includedFiles[file] { return contents }
    guard FileManager.default.fileExists(atPath: file) else {
      throw error(at: location, "the file \(file.quoted) does not exist; check the path")
    }
    let contents = try TemplateNode(yaml: Self.contents(of: file), file: file)
    includedFiles[file] = contents
    return contents
  }
}
