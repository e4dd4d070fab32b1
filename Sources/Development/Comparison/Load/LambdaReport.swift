package import Foundation
internal import Platform
internal import Synchronization

/// What Lambda reports about an invocation, in a line of its log.
package struct LambdaReport: Hashable, Sendable {
  /// What is billed, in milliseconds: the init phase included where there was one.
  package let billedDuration: Int
  /// How long the process took to start, in milliseconds; nil when it ran already.
  package let initDuration: Decimal?
  /// The function's memory, in MB.
  package let memorySize: Int
  /// How it ended without an answer, such as `Runtime.ExitError` or `timeout`; nil when there was one.
  package let failure: String?
  /// Whether the process was not there yet when it failed: no event was handed out.
  let isFailedStart: Bool

  /// Nil for any other line than a `REPORT`, in Lambda's text format: fields that are ended by tabs.
  package init?(line: String) {
    guard line.hasPrefix("REPORT ") else { return nil }
    var fields: [Substring: Substring] = [:]
    for field in line.split(separator: "\t") {
      guard let colon = field.firstRange(of: ": ") else { continue }
      fields[field[..<colon.lowerBound]] = field[colon.upperBound...]
    }
    guard let billed = fields["Billed Duration"].flatMap({ Self.number($0, "ms") }).flatMap({ Int($0) }),
      let memory = fields["Memory Size"].flatMap({ Self.number($0, "MB") }).flatMap({ Int($0) })
    else { return nil }
    billedDuration = billed
    memorySize = memory
    failure = (fields["Error Type"] ?? fields["Status"]).map { String($0) }
    isFailedStart =
      failure != nil && fields["Duration"].flatMap { Self.number($0, "ms") }.flatMap { Decimal(plain: $0) } == 0
    initDuration = fields["Init Duration"].flatMap { Self.number($0, "ms") }.flatMap { Decimal(plain: $0) }
  }

  private static func number(_ text: Substring, _ unit: String) -> Substring? {
    text.hasSuffix(" \(unit)") ? text.dropLast(unit.count + 1) : nil
  }
}

/// Collects the reports out of log lines, as `LocalGateway.serve` hands them over.
package final class LambdaReportLog: Sendable {
  private let reports = Mutex<[LambdaReport]>([])

  /// A log without a report.
  package init() {}

  /// Takes note of a line; one that is no report is left aside.
  package func note(_ line: String) {
    guard let report = LambdaReport(line: line) else { return }
    reports.withLock { $0.append(report) }
  }

  /// The reports since the last time.
  func take() -> [LambdaReport] {
    reports.withLock { reports in
      defer { reports = [] }
      return reports
    }
  }
}
