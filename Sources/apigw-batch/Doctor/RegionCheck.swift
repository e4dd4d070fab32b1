internal import Batch
internal import Platform

/// The region, by its form.
enum RegionCheck {
  static func finding(_ region: String) -> Finding {
    let command = "export AWS_REGION=us-east-1"
    guard region.wholeMatch(of: /[a-z0-9-]{1,63}/) != nil else {
      return .fail("region \(region.quoted) is none: a region is written as in us-east-1", type: command)
    }
    guard region.wholeMatch(of: /[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}/) != nil else {
      return .warn("region \(region) has not the form of one, as in us-east-1", type: command)
    }
    return .ok("region \(region), partition \(Partition(region: region).name)")
  }
}
