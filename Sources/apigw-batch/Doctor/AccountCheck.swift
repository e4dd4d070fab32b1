internal import LocalAWS
internal import Platform
internal import SigV4

/// The region and the keys, as `invoke --batch aws` finds them, and the Batch that they lead to.
struct AccountCheck {
  /// A Batch that isn't AWS's, which is asked with the demo keys.
  let endpoint: String?
  let environment: Platform.Environment

  /// A Batch that can be asked.
  struct Reachable {
    let inventory: BatchInventory
    let credentials: CredentialsCheck
    var place: BatchPlace { credentials.place }
  }

  /// The region; nil when there is none that can be used.
  func region(_ report: (Finding) -> Void) -> String? {
    if endpoint != nil { return BatchAccount.demoRegion }
    do throws(UsageError) {
      let region = try SharedFiles(environment).region(environment)
      let finding = RegionCheck.finding(region)
      report(finding)
      return finding.verdict == .fail ? nil : region
    } catch {
      report(.fail(error))
      return nil
    }
  }

  /// The Batch, with keys that nobody has tried yet; nil when there are none, or no region.
  func inventory(in region: String?, _ report: (Finding) -> Void) async -> Reachable? {
    do {
      var credentials = EmbeddedBatch.demoCredentials
      if endpoint == nil {
        // Where there is no such profile, the region's check has said so.
        guard let files = try? SharedFiles(environment) else { return nil }
        credentials = try await .resolve(environment, files)
      }
      guard let region else { return nil }
      let settings = endpoint.map { Platform.Environment(["AWS_ENDPOINT_URL_BATCH": $0]) } ?? environment
      let place = try BatchPlace(settings, region: region, isDemo: endpoint != nil)
      return Reachable(
        inventory: BatchInventory(
          environment: settings, region: region, credentials: credentials),
        credentials: CredentialsCheck(
          place: place, areInEnvironment: endpoint == nil && environment["AWS_ACCESS_KEY_ID"] != nil))
    } catch let error as UsageError {
      report(.fail(error))
    } catch let error as EnvironmentError {
      report(.fail("\(error)", type: "unset \(error.variable)"))
    } catch {
      report(.fail("\(error)", type: CredentialsCheck.again))
    }
    return nil
  }
}

extension Finding {
  /// What a line about wrong usage says: it ends with what to type already.
  static func fail(_ error: UsageError) -> Finding {
    let line = error.description
    guard let type = line.ranges(of: "type: ").last else { return .fail(line, type: CredentialsCheck.again) }
    var text = String(line[..<type.lowerBound])
    for ending in ["; ", ", or "] where text.hasSuffix(ending) { text.removeLast(ending.count) }
    return .fail(text, type: String(line[type.upperBound...]))
  }
}
