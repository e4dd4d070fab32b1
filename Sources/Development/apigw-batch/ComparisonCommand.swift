internal import Foundation
internal import Platform
internal import Workstation

/// The command line that makes a comparison again: it builds the function and the command, and can be pasted.
struct ComparisonCommand: CustomStringConvertible {
  /// The options and arguments behind `compare`.
  let arguments: [String]
  /// The package's directory.
  let root: PackageRoot
  /// Where the command was typed: in the package's directory, or below it.
  let directory: String
  /// The executable in `APIGW_BATCH_FUNCTION`, where one was named.
  var function: String?

  var description: String {
    let words = arguments.map(\.shellQuoted).joined(separator: " ")
    let variable = function.map { "APIGW_BATCH_FUNCTION=\($0.shellQuoted) " } ?? ""
    let below = directory.split(separator: "/").count - root.path.split(separator: "/").count
    if below > 0 {
      // The arguments may name files from there on, and make would look for them elsewhere.
      let up = Array(repeating: "..", count: below).joined(separator: "/")
      return "make -C \(up) .build/release/SubmitJobFunction .build/release/apigw-batch && "
        + "\(variable)\(up)/.build/release/apigw-batch compare \(words)".trimmingCharacters(in: .whitespaces)
    }
    // make reads the dollar signs, and then a shell what is between the quotation marks.
    let option = words.isEmpty ? "" : " ARGS=\(words.replacing("$", with: "$$").shellQuoted(always: true))"
    return "\(variable)make compare\(option)"
  }
}
