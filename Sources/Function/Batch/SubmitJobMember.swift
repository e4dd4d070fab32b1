internal import Platform

/// The names of SubmitJob's members, as in Batch's model of 2016-08-10.
///
/// See [SubmitJob](https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html).
package enum SubmitJobMember {
  /// Every member.
  package static let all = [
    "jobName", "jobQueue", "shareIdentifier", "schedulingPriorityOverride", "arrayProperties", "dependsOn",
    "jobDefinition", "parameters", "containerOverrides", "nodeOverrides", "retryStrategy", "propagateTags", "timeout",
    "tags", "eksPropertiesOverride", "ecsPropertiesOverride", "consumableResourcePropertiesOverride",
  ]

  /// The members that the path decides, which are not allowed in a body.
  package static let ofPath = ["jobQueue", "jobDefinition"]

  /// The longest name, in bytes, that is compared with the members.
  private static let longestName = 64

  /// Whether this is exactly a member's name, byte for byte.
  package static func isKnown(_ name: String) -> Bool {
    all.contains { $0.utf8.elementsEqual(name.utf8) }
  }

  /// The member whose name is closest to a text, for a suggestion; nil if none is close.
  ///
  /// Ignores case. A name is close if it begins with the text, or if at most a third of its characters differ.
  package static func closest(to text: String) -> String? {
    guard text.utf8.count <= longestName else { return nil }
    let given = text.utf8.map(\.asciiLowercased)
    let completions = all.filter { given.count >= 4 && $0.utf8.map(\.asciiLowercased).starts(with: given) }
    if completions.count == 1 { return completions.first }
    var best: (member: String, distance: Int)?
    for member in all {
      let name = member.utf8.map(\.asciiLowercased)
      let distance = distance(given, name)
      if distance <= max(given.count, name.count) / 3, distance < best?.distance ?? .max { best = (member, distance) }
    }
    return best?.member
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
  private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for (row, byte) in one.enumerated() {
      var current = [row + 1]
      for (column, otherByte) in other.enumerated() {
        var least = min(last[column + 1], current[column]) + 1
        least = min(least, last[column] + (byte == otherByte ? 0 : 1))
        if row > 0, column > 0, byte == other[column - 1], one[row - 1] == otherByte {
          least = min(least, beforeLast[column - 1] + 1)
        }
        current.append(least)
      }
      (beforeLast, last) = (last, current)
    }
    return last[other.count]
  }
}
