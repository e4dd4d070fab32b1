/// A problem in a template file: its place, what is wrong, and how to fix it.
package struct TemplateFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's name as given.
  package let file: String
  /// The line, from 1; nil if the problem concerns the whole file.
  package let line: Int?
  /// The place in the tree, such as `Resources.RestApi.Properties.StageName`; empty for the root.
  package let path: String
  /// What is wrong, and the fix.
  package let reason: String

  /// The problem in one line, in the style of compilers.
  package var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if !path.isEmpty { text += ": \(path)" }
    return "\(text): \(reason)"
  }
}
