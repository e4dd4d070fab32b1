internal import Platform
internal import SigV4
internal import Workstation

/// The region and the keys, as `invoke --batch aws` finds them, and the Batch that they lead to.
struct AccountCheck {
  /// A Batch that isn't AWS's, which is asked with the demo keys.
  let endpoint: String?
  let environment: Platform.Environment
  /// The doctor's own command.
  let again: String
  let report: (Finding) -> Void

  /// The region; nil when there is none that can be used.
  func region() -> String? {
    if endpoint != nil { return BatchAccount.demoRegion }
    do throws(UsageError) {
      let region = try SharedFiles(environment).region(environment)
      let finding = RegionCheck.finding(region)
      report(finding)
      return finding.verdict == .fail ? nil : region
    } catch {
      report(.fail(error.text, run: error.command ?? again))
      return nil
    }
  }

  /// The Batch, with keys that nobody has tried yet; nil when there are none, or no region.
  func batch(in region: String?) async -> ExaminedBatch? {
    do throws(UsageError) {
      if let endpoint {
        let demo = BatchAccount.demo(endpoint: endpoint)
        return try ExaminedBatch(
          Environment(demo.variables), region: demo.region, credentials: demo.credentials, isDemo: true, again: again)
      }
      // Where there is no such profile, the region's check has said so.
      guard let files = try? SharedFiles(environment) else { return nil }
      let credentials = try await AWSCredentials.resolve(environment, files)
      guard let region else { return nil }
      return try ExaminedBatch(environment, region: region, credentials: credentials, again: again)
    } catch {
      report(.fail(error.text, run: error.command ?? again))
      return nil
    }
  }
}
