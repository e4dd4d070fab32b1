internal import ArgumentParser
internal import LocalBatch
internal import Workstation

/// The options that say how the embedded Batch's jobs run.
struct ComputeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How long an attempt of a job is RUNNING, such as 500ms, 5s or 2m; 'never' keeps jobs RUNNABLE. (default: 5s)",
      valueName: "time"))
  var runFor: String?

  @Option(
    name: .customLong("fail"),
    help: ArgumentHelp(
      "A job definition whose jobs fail with exit code 1. A name alone means every revision. Repeat it for more.",
      valueName: "name[:rev]"))
  var failing: [String] = []

  /// Whether any of them was given.
  var isGiven: Bool { runFor != nil || !failing.isEmpty }

  /// What runs the jobs; nil if nothing does.
  var compute: EmbeddedBatch.Compute? {
    get throws {
      guard let time = try RunTime(runFor ?? "5s").duration else { return nil }
      return EmbeddedBatch.Compute(runFor: time, failing: failing)
    }
  }

  /// Rejects invalid values and contradictory options.
  func check() throws {
    if let name = failing.first(where: { !EmbeddedBatch.isJobDefinition($0) }) {
      throw UsageError(
        "'\(name)' is not a valid job definition; use 1 to 128 letters, digits, hyphens and underscores, "
          + "optionally with a revision, such as --fail resize:7")
    }
    if try compute == nil, !failing.isEmpty {
      throw UsageError("--fail has no effect with --run-for never; leave one of them out")
    }
  }

  /// What becomes of the jobs, for the greeting.
  var summary: String {
    if runFor == RunTime.never { return "Jobs stay RUNNABLE until they are cancelled or terminated." }
    let failing = failing.isEmpty ? "" : ", and fail if their definition is \(failing.joined(separator: " or "))"
    return "Jobs run for \(runFor ?? "5s")\(failing)."
  }
}

/// The value of `--run-for`.
private struct RunTime {
  /// The value that lets no job run.
  static let never = "never"

  /// How long a job runs; nil if none does.
  let duration: Duration?

  /// Parses `never`, or a positive whole number of `ms`, `s`, `m` or `h`.
  init(_ text: String) throws {
    if text == Self.never {
      duration = nil
      return
    }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let units = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000]
    guard digits.count <= 9, let number = Int(digits), number > 0,
      let unit = units[String(text.dropFirst(digits.count))]
    else {
      throw UsageError(
        "--run-for \(text): not a time that a job can run for; use one such as 500ms, 5s or 2m, or never")
    }
    duration = .milliseconds(number * unit)
  }
}
