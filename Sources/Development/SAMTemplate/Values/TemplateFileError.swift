/// Why a template file can't be run, where, and what to do about it.
package struct TemplateFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's name as it was given.
  package let file: String
  /// The line, from 1; nil when it's the file as a whole.
  package let line: Int?
  /// The place in the tree, such as `Resources.RestApi.Properties.StageName`; empty for the root.
  package let path: String
  /// What is wrong, and what to do.
  package let reason: String

  /// One line, as compilers write them.
  package var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if !path.isEmpty { text += ": \(path)" }
    return "\(text): \(reason)"
  }
}
