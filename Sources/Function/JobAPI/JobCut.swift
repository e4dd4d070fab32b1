internal import Batch
internal import RawJSON

/// A member of Batch's that callers get, as Batch's bytes or a part of them.
///
/// What isn't listed, callers don't get: it tells of the account, of how jobs run, or comes from a Batch to come.
struct JobCut: Sendable {
  // A struct, because the leak sanitizer doesn't see through an enum's tagged pointers to its own cases.
  private enum Kind { case value, name, object, list }
  private let kind: Kind
  private let member: String
  private var parts: [JobCut] = []

  /// The value as it is; a text without IAM and STS ARNs.
  static func value(_ member: String) -> JobCut { JobCut(kind: .value, member: member) }
  /// The name at the end of an ARN.
  static func name(_ member: String) -> JobCut { JobCut(kind: .name, member: member) }
  /// Some members of an object.
  static func object(_ member: String, _ parts: [JobCut]) -> JobCut {
    JobCut(kind: .object, member: member, parts: parts)
  }
  /// Some members of each object in a list.
  static func list(_ member: String, _ parts: [JobCut]) -> JobCut { JobCut(kind: .list, member: member, parts: parts) }

  private static let container: [JobCut] = [.value("exitCode"), .value("reason"), .value("logStreamName")]
  private static let times: [JobCut] = [.value("createdAt"), .value("startedAt"), .value("stoppedAt")]
  private static let array: [JobCut] = [.value("size"), .value("index"), .value("statusSummary")]
  private static let status: [JobCut] = [.value("status"), .value("statusReason")]

  /// A job as DescribeJobs has it.
  static let detail: [JobCut] =
    [.value("jobId"), .value("jobName"), .name("jobQueue"), .name("jobDefinition")] + status + times
    + [
      .value("isCancelled"), .value("isTerminated"),
      .list(
        "attempts", [.value("startedAt"), .value("stoppedAt"), .value("statusReason"), .object("container", container)]),
      .object("container", container), .object("arrayProperties", array),
      .list("dependsOn", [.value("jobId"), .value("type")]), .object("timeout", [.value("attemptDurationSeconds")]),
      .value("tags"),
    ]

  /// A job as ListJobs has it.
  static let summary: [JobCut] =
    [.value("jobId"), .value("jobName"), .name("jobDefinition")] + status + times
    + [.object("container", container), .object("arrayProperties", array)]

  /// A job's members, in this order, as an object.
  static func bytes(_ cuts: [JobCut], of job: JSONObject) -> [UInt8] {
    var bytes: [UInt8] = []
    append(cuts, of: job, to: &bytes)
    return bytes
  }

  private static func append(_ cuts: [JobCut], of object: JSONObject, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    for cut in cuts {
      switch cut.kind {
      case .value:
        guard let value = object[cut.member] else { continue }
        begin(cut.member, &bytes)
        // Tags are callers' own texts, and one of them may say who submitted the job.
        if value.kind == .string {
          bytes += String(decoding: value.bytes, as: UTF8.self).redactingIdentityARNs.utf8
        } else {
          bytes += value.bytes
        }
      case .name:
        guard let value = object[cut.member], value.kind == .string else { continue }
        begin(cut.member, &bytes)
        bytes.append(UInt8(ascii: "\""))
        let text = value.bytes.dropFirst()
        bytes += text[(text.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? text.startIndex)...]
      case .object:
        guard let part = try? object[cut.member]?.object() else { continue }
        begin(cut.member, &bytes)
        append(cut.parts, of: part, to: &bytes)
      case .list:
        guard let elements = try? object[cut.member]?.array() else { continue }
        begin(cut.member, &bytes)
        bytes.append(UInt8(ascii: "["))
        for part in elements {
          guard let part = try? part.object() else { continue }
          if bytes.last != UInt8(ascii: "[") { bytes.append(UInt8(ascii: ",")) }
          append(cut.parts, of: part, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
      }
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private static func begin(_ name: String, _ bytes: inout [UInt8]) {
    // Only an object that has just begun ends in a brace that opens: a value never does.
    if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    bytes += name.utf8
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }
}
