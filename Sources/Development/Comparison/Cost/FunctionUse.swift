package import Foundation
package import LocalLambda

/// What a function is billed for, as measured over some invocations.
package struct FunctionUse: Hashable, Sendable {
  /// The function's processor architecture.
  package let architecture: PriceList.Architecture
  /// The function's memory, in MB.
  package let memorySize: Int
  /// How many invocations were measured.
  package let invocations: Int
  /// How many of them started a process.
  package let coldStarts: Int
  /// The average billed duration of an invocation without its init phase, in milliseconds.
  package let runMilliseconds: Decimal
  /// The average billed init phase of a cold start, in milliseconds. Lambda bills it for custom runtimes.
  package let initMilliseconds: Decimal
  /// Whether it was measured in this run rather than given by the function's owner.
  package let isMeasured: Bool

  /// A use that was measured or is assumed.
  package init(
    architecture: PriceList.Architecture, memorySize: Int, invocations: Int = 1, coldStarts: Int = 0,
    isMeasured: Bool = true, runMilliseconds: Decimal, initMilliseconds: Decimal = 0
  ) {
    self.isMeasured = isMeasured
    self.architecture = architecture
    self.memorySize = memorySize
    self.invocations = invocations
    self.coldStarts = coldStarts
    self.runMilliseconds = runMilliseconds
    self.initMilliseconds = initMilliseconds
  }

  /// The use that Lambda's reports show; nil without a report.
  package init?(reports: [InvocationReport], architecture: PriceList.Architecture) {
    guard let first = reports.first else { return nil }
    let inits = reports.compactMap(\.initMilliseconds)
    let initSum = inits.reduce(0, +)
    let billedSum = reports.reduce(Decimal()) { $0 + Decimal($1.billedMilliseconds) }
    self.init(
      architecture: architecture, memorySize: first.memorySize, invocations: reports.count, coldStarts: inits.count,
      // Rounded, so that the formula, which shows these numbers, yields the amount next to it.
      runMilliseconds: ((billedSum - initSum) / Decimal(reports.count)).rounded(to: 3),
      initMilliseconds: inits.isEmpty ? 0 : (initSum / Decimal(inits.count)).rounded(to: 3))
  }

  /// The average billed duration of an invocation, including its share of the cold starts, in milliseconds.
  var billedMilliseconds: Decimal {
    runMilliseconds + initMilliseconds * Decimal(coldStarts) / Decimal(invocations)
  }

  /// The memory in GB, as Lambda bills it.
  var gigabytes: Decimal { Decimal(memorySize) / 1024 }
}
