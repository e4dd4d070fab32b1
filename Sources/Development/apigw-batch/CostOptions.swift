internal import ArgumentParser
internal import Comparison
internal import Foundation
internal import Platform
internal import Workstation

/// The options for the cost part of a comparison.
struct CostOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Prices to use instead of docs/prices.json.", valueName: "file"), completion: .file())
  var prices: String?

  @Option(
    help: ArgumentHelp(
      "Price functions for x86_64 or arm64. The default for local ones is this machine's.", valueName: "name"),
    transform: { name in
      guard let architecture = PriceList.Architecture(rawValue: name) else {
        throw UsageError("must be x86_64 or arm64")
      }
      return architecture
    })
  var architecture: PriceList.Architecture?

  @Option(
    help: ArgumentHelp(
      "The average billed duration of the function behind --lambda-url, as in its REPORT lines.",
      valueName: "milliseconds"))
  var billedDuration: Double?

  @Option(help: ArgumentHelp("The memory size of the function behind --lambda-url.", valueName: "MB"))
  var memory: Int?

  /// The billed use of a deployed function, which only its owner knows; nil if no option describes it.
  ///
  /// - Parameter lambdaURL: the stage with the function.
  func use(of lambdaURL: String?) throws -> FunctionUse? {
    if let memory, !(128...10240).contains(memory) {
      throw UsageError("--memory \(memory): Lambda accepts 128 to 10240 MB; use --memory 128")
    }
    if let billedDuration, !(1...1_000_000).contains(billedDuration) {
      throw UsageError("--billed-duration \(billedDuration): must be 1 to 1000000 ms; use --billed-duration 20")
    }
    if billedDuration == nil, memory == nil, architecture == nil { return nil }
    let example = "--billed-duration 20 --memory 128 --architecture x86_64"
    guard lambdaURL != nil else {
      throw UsageError(
        "--billed-duration, --memory and --architecture describe a deployed function; "
          + "use them with --lambda-url, as in \(example)")
    }
    guard let billedDuration, let memory, let architecture else {
      throw UsageError("the cost of a deployed function needs three options; use \(example)")
    }
    return FunctionUse(
      architecture: architecture, memorySize: memory, isMeasured: false,
      runMilliseconds: Decimal(string: "\(billedDuration)") ?? 0)
  }

  /// The architecture to price this machine's functions for.
  func localArchitecture() throws -> PriceList.Architecture {
    guard billedDuration == nil, memory == nil else {
      throw UsageError(
        "--billed-duration and --memory describe a deployed function, but a local one is measured; "
          + "use them with --lambda-url")
    }
    return architecture ?? Architecture.current
  }

  /// A note for readers about the priced architecture; nil if it is this machine's.
  static func note(pricedFor architecture: PriceList.Architecture) -> String? {
    let here = Architecture.current
    if architecture == here { return nil }
    return "Functions are priced for \(architecture.rawValue), with durations that were measured on this machine's "
      + "\(here.rawValue): on \(architecture.rawValue) they would differ."
  }
}
