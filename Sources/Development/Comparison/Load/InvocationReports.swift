internal import Foundation
package import LocalAPIGateway
internal import LocalLambda
internal import Synchronization

/// Collects Lambda's reports from the entries that `LocalGateway.serve` logs.
package final class InvocationReports: Sendable {
  private let reports = Mutex<[InvocationReport]>([])

  /// No reports yet.
  package init() {}

  /// Takes the report from an entry that is one.
  package func note(_ entry: GatewayLogEntry) {
    guard case .lambda(.report(let report)) = entry else { return }
    reports.withLock { $0.append(report) }
  }

  /// The reports since the last call.
  func take() -> [InvocationReport] {
    reports.withLock { reports in
      defer { reports = [] }
      return reports
    }
  }
}

extension InvocationReport {
  /// How the invocation ended without a response, such as `Runtime.ExitError` or `timeout`; nil if there was one.
  var failure: String? {
    switch status {
    case .timeout: "timeout"
    case .error(let type): type
    case nil: nil
    }
  }

  /// The init phase in milliseconds with two decimal places, as in Lambda's `REPORT` line; nil without one.
  var initMilliseconds: Decimal? {
    initDuration.flatMap { Decimal(shortest: $0.milliseconds)?.rounded(to: 2) }
  }

  /// Whether the process failed before it was handed an event.
  var isFailedStart: Bool { status != nil && duration == .zero }
}
