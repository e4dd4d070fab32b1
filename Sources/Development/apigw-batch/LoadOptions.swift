internal import ArgumentParser
internal import Comparison
internal import Workstation

/// The options for a comparison's load.
struct LoadOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How many requests to measure for each variant and loop.", valueName: "n"))
  var requests = 500

  @Option(help: ArgumentHelp("How many workers send at once.", valueName: "n"))
  var concurrency = 4

  @Option(help: ArgumentHelp("Also measure an open loop, at this many requests a second.", valueName: "per second"))
  var rate: Double?

  @Option(
    help: ArgumentHelp("How many unmeasured requests precede each loop of each variant.", valueName: "n"))
  var warmUp = 50

  @Option(help: ArgumentHelp("How long each local Batch takes to respond.", valueName: "milliseconds"))
  var batchDelay = 0

  /// The loads on each variant: a closed loop and, if requested, an open one.
  var loads: [Load] {
    get throws {
      guard (0...20_000).contains(batchDelay) else {
        throw UsageError("--batch-delay \(batchDelay): must be 0 to 20000 ms; use --batch-delay 60")
      }
      do {
        var loads = [try Load(requests: requests, concurrency: concurrency, warmUp: warmUp)]
        if let rate {
          loads.append(
            try Load(
              requests: requests, concurrency: concurrency, pace: .open(requestsPerSecond: rate), warmUp: warmUp))
        }
        return loads
      } catch {
        throw UsageError("\(error); use --requests 500 --concurrency 4 --rate 30")
      }
    }
  }
}
