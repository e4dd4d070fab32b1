internal import ArgumentParser
internal import Comparison
internal import Workstation

/// How much load a comparison makes, as options.
struct LoadOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How many requests to measure for each variant and loop.", valueName: "n"))
  var requests = 500

  @Option(help: ArgumentHelp("How many callers send at once.", valueName: "n"))
  var concurrency = 4

  @Option(help: ArgumentHelp("Measure an open loop as well, at so many requests a second.", valueName: "per second"))
  var rate: Double?

  @Option(
    help: ArgumentHelp("How many requests go before each loop of each variant, and are not measured.", valueName: "n"))
  var warmUp = 50

  @Option(help: ArgumentHelp("Have each local Batch take so long for an answer.", valueName: "milliseconds"))
  var batchDelay = 0

  /// The loads on each variant: closed, and open if it's asked for.
  var loads: [Load] {
    get throws(UsageError) {
      guard (0...20_000).contains(batchDelay) else {
        throw UsageError("--batch-delay \(batchDelay): Batch can take 0 to 20000 ms here; use --batch-delay 60")
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
        throw UsageError("\(error); run: apigw-batch compare --requests 500 --concurrency 4 --rate 30")
      }
    }
  }
}
