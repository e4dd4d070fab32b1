/// A place in a template file, for messages.
package struct TemplatePlace: Hashable, Sendable {
  /// The file's name as given.
  let file: String
  /// The line, from 1.
  let line: Int
  /// The place in the tree, such as `Resources.RestApi.Properties.StageName`.
  let path: String

  /// An error at this place.
  package func error(_ reason: String) -> TemplateFileError {
    TemplateFileError(file: file, line: line, path: path, reason: reason)
  }
}

/// A multi-line text in a template, such as a mapping template.
package struct TemplateText: Hashable, Sendable {
  /// The text.
  package let text: String
  /// The place where the text starts.
  let place: TemplatePlace

  /// An error in a line of the text, counted from 1.
  package func error(_ reason: String, line: Int) -> TemplateFileError {
    TemplateFileError(file: place.file, line: place.line + line - 1, path: place.path, reason: reason)
  }
}

extension TemplateValue {
  /// The place of this value.
  var place: TemplatePlace { TemplatePlace(file: node.file, line: node.line, path: node.path) }

  /// This text, with the line on which it starts.
  func located() throws -> TemplateText {
    var line = node.line
    // A block's text starts below its key. Any other text may be folded, but is usually on one line.
    if case .scalar(_, .block) = node.content { line += 1 }
    return TemplateText(text: try text(), place: TemplatePlace(file: node.file, line: line, path: node.path))
  }
}

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
  /// Whether AWS would accept this, and only this machine can't do it. It must not stop the rest of the template.
  var isLimitation = false

  /// The problem in one line, in the style of compilers.
  package var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if !path.isEmpty { text += ": \(path)" }
    return "\(text): \(reason)"
  }
}
