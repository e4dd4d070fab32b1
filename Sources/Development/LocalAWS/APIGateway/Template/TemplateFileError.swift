/// Why a template file can't be run, where, and what to do about it.
public struct TemplateFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's name as it was given.
  public let file: String
  /// The line, from 1; nil when it's the file as a whole.
  public let line: Int?
  /// The place in the tree, such as `Resources.RestApi.Properties.StageName`; empty for the root.
  public let path: String
  /// What is wrong, and what to do.
  public let reason: String

  /// One line, as compilers write them.
  public var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if !path.isEmpty { text += ": \(path)" }
    return "\(text): \(reason)"
  }
}
