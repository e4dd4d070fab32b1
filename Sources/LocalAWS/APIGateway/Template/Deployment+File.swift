internal import Foundation

extension Deployment {
  /// The text of a template file.
  static func contents(of path: String) throws(TemplateFileError) -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      let exists = FileManager.default.fileExists(atPath: path)
      throw TemplateFileError(
        file: path, line: nil, path: "",
        reason: exists
          ? "can't be read as UTF-8 text; name a template" : "is not there; name a template with --template")
    }
  }
}
