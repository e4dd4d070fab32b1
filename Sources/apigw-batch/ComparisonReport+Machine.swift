internal import ArgumentParser
internal import Comparison
internal import Foundation
internal import HTTPTransport
internal import Platform

extension ComparisonReport.Run {
  /// The run of this command, on this machine, that begins now.
  static func here(arguments: [String], batchDelay: Int, prices: PriceList) -> ComparisonReport.Run {
    #if DEBUG
      let (build, warnings, configuration) = (
        "debug", ["This is a debug build of the gateway: its times say little. Type: make compare"], ""
      )
    #else
      let (build, warnings, configuration) = ("release", [String](), "-c release ")
    #endif
    let words = ["swift run \(configuration)apigw-batch"] + arguments.map(\.shellQuoted)
    let memory = Double(ProcessInfo.processInfo.physicalMemory) / 1_073_741_824
    return ComparisonReport.Run(
      date: WallClock.system.now.rfc3339, command: words.joined(separator: " "),
      versions: [
        "apigw-batch": APIGWBatch.configuration.version, "libcurl": HTTPClient.libraryVersion,
        "os": ProcessInfo.processInfo.operatingSystemVersionString,
      ],
      build: build,
      machine: "\(ProcessInfo.processInfo.activeProcessorCount) cores, \(Int(memory.rounded())) GiB, \(architecture)",
      prices: prices.summary, batchDelay: batchDelay, warnings: warnings)
  }

  /// The architecture of this machine, in Lambda's word.
  static var architecture: String {
    #if arch(arm64)
      "arm64"
    #else
      "x86_64"
    #endif
  }
}

extension String {
  /// As a word of a shell.
  fileprivate var shellQuoted: String {
    let isPlain =
      !isEmpty
      && unicodeScalars.allSatisfy {
        CharacterSet.alphanumerics.contains($0) || "-_./:=@%+,".unicodeScalars.contains($0)
      }
    return isPlain ? self : "'\(replacing("'", with: "'\\''"))'"
  }
}
