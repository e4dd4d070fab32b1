internal import ArgumentParser
internal import Comparison
internal import Foundation
internal import Platform
internal import Workstation

/// What a comparison's costs are computed with, as options.
struct CostOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Prices to use instead of docs/prices.json.", valueName: "file"), completion: .file())
  var prices: String?

  @Option(
    help: ArgumentHelp(
      "Price functions for x86_64 or arm64; local ones for this machine's unless given.", valueName: "name"),
    transform: { name in
      guard let architecture = PriceList.Architecture(rawValue: name) else {
        throw ValidationError("Lambda has x86_64 and arm64")
      }
      return architecture
    })
  var architecture: PriceList.Architecture?

  @Option(
    help: ArgumentHelp(
      "What an invocation of the function behind --lambda-url is billed, on average: its REPORT lines have it.",
      valueName: "milliseconds"))
  var billedDuration: Double?

  @Option(help: ArgumentHelp("The memory of the function behind --lambda-url.", valueName: "MB"))
  var memory: Int?

  /// What is billed for a deployed function, as only its owner knows; nil when nothing is said of it.
  ///
  /// - Parameter lambdaURL: the stage with the function.
  func use(of lambdaURL: String?) throws(UsageError) -> FunctionUse? {
    if let memory, !(128...10240).contains(memory) {
      throw UsageError("--memory \(memory): Lambda takes 128 to 10240 MB; use --memory 128")
    }
    if let billedDuration, !(1...1_000_000).contains(billedDuration) {
      throw UsageError("--billed-duration \(billedDuration): no invocation is billed so; use --billed-duration 20")
    }
    if billedDuration == nil, memory == nil, architecture == nil { return nil }
    let example = "--billed-duration 20 --memory 128 --architecture x86_64"
    guard lambdaURL != nil else {
      throw UsageError(
        "--billed-duration, --memory and --architecture price a function; type with --lambda-url: \(example)")
    }
    guard let billedDuration, let memory, let architecture else {
      throw UsageError("the cost of a deployed function takes three options; run: \(example)")
    }
    return FunctionUse(
      architecture: architecture, memorySize: memory, isMeasured: false,
      runMilliseconds: Decimal(string: "\(billedDuration)") ?? 0)
  }

  /// The architecture that functions on this machine are priced for.
  func localArchitecture() throws(UsageError) -> PriceList.Architecture {
    guard billedDuration == nil, memory == nil else {
      throw UsageError(
        "--billed-duration and --memory are of a deployed function, and here both are measured; "
          + "type them with --lambda-url")
    }
    return architecture ?? Architecture.current
  }

  /// What a reader has to know of the architecture that was priced; nil when it's this machine's.
  static func note(pricedFor architecture: PriceList.Architecture) -> String? {
    let here = Architecture.current
    if architecture == here { return nil }
    return "Functions are priced for \(architecture.rawValue), with durations that were measured on this machine's "
      + "\(here.rawValue): on \(architecture.rawValue) they take another time."
  }
}
