internal import Foundation
internal import Platform
internal import Workstation

/// A command line that repeats a comparison. It builds the function and the command, and can be pasted.
struct ComparisonCommand: CustomStringConvertible {
  /// The options and arguments after `compare`.
  let arguments: [String]
  /// The package's directory.
  let root: PackageRoot
  /// The current directory: the package's directory, or one below it.
  let directory: String
  /// The executable in `APIGW_BATCH_FUNCTION`, if that is set.
  var function: String?

  var description: String {
    let words = arguments.map(\.shellQuoted).joined(separator: " ")
    let variable = function.map { "APIGW_BATCH_FUNCTION=\($0.shellQuoted) " } ?? ""
    let below = directory.split(separator: "/").count - root.path.split(separator: "/").count
    if below > 0 {
      // The arguments may name files relative to that directory, and make would look for them elsewhere.
      let up = Array(repeating: "..", count: below).joined(separator: "/")
      return "make -C \(up) .build/release/SubmitJobFunction .build/release/apigw-batch && "
        + "\(variable)\(up)/.build/release/apigw-batch compare \(words)".trimmingCharacters(in: .whitespaces)
    }
    // make expands the dollar signs, and then a shell parses the quoted text.
    let option = words.isEmpty ? "" : " ARGS=\(words.replacing("$", with: "$$").shellQuoted(always: true))"
    return "\(variable)make compare\(option)"
  }
}
