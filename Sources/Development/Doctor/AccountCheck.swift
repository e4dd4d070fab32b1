internal import Batch
internal import Platform
internal import SigV4
internal import Workstation

/// Finds the region and the keys as `invoke --batch aws` does, and the Batch that they lead to.
struct AccountCheck {
  /// The URL of a Batch other than AWS's, which is called with the demo keys.
  let endpoint: String?
  let environment: Platform.Environment
  /// The doctor's own command.
  let again: String
  let report: (Finding) -> Void

  /// The region; nil if it is missing or invalid.
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

  /// The Batch to check, with keys that haven't been tried yet; nil without keys or a region.
  func batch(in region: String?) async -> ExaminedBatch? {
    do throws(UsageError) {
      if let endpoint {
        let demo = BatchAccount.demo(endpoint: endpoint)
        return try ExaminedBatch(
          Environment(demo.variables), region: demo.region, credentials: demo.credentials, isDemo: true, again: again)
      }
      // The region's check has already reported a missing profile.
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

/// Checks the form of the region's name.
enum RegionCheck {
  static func finding(_ region: String) -> Finding {
    let command = "export AWS_REGION=us-east-1"
    do throws(EnvironmentError) {
      _ = try BatchEndpoint.region(Environment(["AWS_REGION": region]))
    } catch {
      return .fail("region: \(error.reason)", run: command)
    }
    guard region.wholeMatch(of: /[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}/) != nil else {
      return .warn("region \(region) doesn't look like a region such as us-east-1", run: command)
    }
    return .ok("region \(region), partition \(Partition(region: region).name)")
  }
}
