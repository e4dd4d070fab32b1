internal import ArgumentParser
internal import Comparison
internal import Foundation
internal import JSONTree
internal import Workstation

/// The options for the files that a comparison's report is written to.
struct ReportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write the report as JSON; see docs/comparison.schema.json.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Write the report as Markdown.", valueName: "file"))
  var markdown: String?

  @Option(help: ArgumentHelp("Write the report as one page that needs no network.", valueName: "file"))
  var html: String?

  private typealias Form = @Sendable (ComparisonReport) throws -> String

  private var files: [(option: String, file: ReportFile, text: Form)] {
    let forms: [(String, String?, Form)] = [
      ("--json", json, { try $0.json }), ("--markdown", markdown, { $0.markdown }), ("--html", html, { $0.html }),
    ]
    return forms.compactMap { option, path, text in path.map { (option, ReportFile(path: $0), text) } }
  }

  /// Rejects a file that can't be written, before minutes are spent on its contents, and one that the run reads.
  func check(inputs: [String]) throws {
    let inputs = Set(inputs.map { ReportFile(path: $0).resolved })
    var options: [String: String] = [:]
    for (option, file, _) in files {
      if inputs.contains(file.resolved) {
        throw UsageError("\(option) \(file.path): the comparison reads it and would overwrite it; choose another path")
      }
      if let reason = file.obstacle { throw UsageError("\(option) \(file.path): \(reason)") }
      if file.isReplaced, let other = options.updateValue(option, forKey: file.resolved) {
        throw UsageError("\(other) and \(option) both name \(file.path); choose two paths")
      }
    }
  }

  /// Writes the report to standard output and to every file, even if some fail, and reports what can't be written.
  ///
  /// - Returns: whether everything was written.
  func write(_ report: ComparisonReport) -> Bool {
    var isWhole = true
    // A closed pipe is an error to report, not a reason to be killed.
    signal(SIGPIPE, SIG_IGN)
    do {
      try StandardOutput.write(Array(report.terminalText(width: StandardOutput.columns ?? 100).utf8))
    } catch {
      isWhole = false
      StandardError.write(
        "apigw-batch: can't write the report to standard output; use --markdown report.md")
    }
    for (_, file, text) in files {
      do {
        try file.write(try text(report))
        StandardError.write("Wrote \(file.path)")
      } catch {
        isWhole = false
        StandardError.write("apigw-batch: can't write the report to \(file.path): \(error)")
      }
    }
    return isWhole
  }
}
