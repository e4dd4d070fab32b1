internal import ArgumentParser
internal import Comparison
internal import Foundation

/// Which files a comparison's report goes to, as options.
struct ReportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write the report as JSON; see docs/comparison.schema.json.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Write the report as Markdown.", valueName: "file"))
  var markdown: String?

  @Option(help: ArgumentHelp("Write the report as one page that needs no network.", valueName: "file"))
  var html: String?

  private var files: [(option: String, path: String)] {
    [("--json", json), ("--markdown", markdown), ("--html", html)].compactMap { option, path in
      path.map { (option, $0) }
    }
  }

  /// Refuses a file that can't be written, before minutes are spent on what would go there.
  func check() throws(UsageError) {
    for (option, path) in files {
      let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
      guard FileManager.default.isWritableFile(atPath: directory) else {
        throw UsageError("\(option) \(path): there is no such directory to write to; type: mkdir -p \(directory)")
      }
    }
  }

  /// Writes the files.
  func write(_ report: ComparisonReport) throws {
    if let json { try Data("\(try report.json)\n".utf8).write(to: URL(fileURLWithPath: json)) }
    if let markdown { try Data(report.markdown.utf8).write(to: URL(fileURLWithPath: markdown)) }
    if let html { try Data(report.html.utf8).write(to: URL(fileURLWithPath: html)) }
    for (_, path) in files { StandardError.write("Wrote \(path)") }
  }
}
