internal import ArgumentParser
internal import Comparison
internal import Foundation
internal import HTTPTransport
internal import Platform

extension ComparisonReport.Run {
  /// A run on this machine that starts now.
  ///
  /// - Parameter command: the command that repeats it.
  static func here(command: String, batchDelay: Int, prices: PriceList) -> ComparisonReport.Run {
    #if DEBUG
      let (build, warnings) = (
        "debug", ["This is a debug build of the gateway: its times are not representative. Run: make compare"]
      )
    #else
      let (build, warnings) = ("release", [String]())
    #endif
    let memory = Double(ProcessInfo.processInfo.physicalMemory) / 1_073_741_824
    return ComparisonReport.Run(
      date: WallClock.system.now.rfc3339, command: command,
      versions: [
        "apigw-batch": APIGWBatch.configuration.version, "swift": compiler,
        // libcurl's own text starts with its name and version, and goes on with everything it was built with.
        "libcurl": String(HTTPClient.libraryVersion.trimmingPrefix("libcurl/").prefix { $0 != " " }),
        "os": ProcessInfo.processInfo.operatingSystemVersionString,
      ],
      build: build,
      machine:
        "\(ProcessInfo.processInfo.activeProcessorCount) cores, \(Int(memory.rounded())) GiB, \(Architecture.current.rawValue)",
      prices: prices.summary, pricePages: prices.pages, batchDelay: batchDelay, warnings: warnings)
  }

  /// The compiler that built this command. A program can only test for a minimum version.
  private static var compiler: String {
    #if compiler(>=6.5)
      "6.5 or later"
    #elseif compiler(>=6.4)
      "6.4.x"
    #elseif compiler(>=6.3)
      "6.3.x"
    #else
      // The manifest requires 6.2.
      "6.2.x"
    #endif
  }
}
