internal import Batch
internal import Platform

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
