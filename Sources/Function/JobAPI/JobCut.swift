internal import Batch
internal import RawJSON

/// A member of Batch's that callers get, as Batch's bytes or a part of them.
///
/// What isn't listed, callers don't get: it tells of the account, of how jobs run, or comes from a Batch to come.
indirect enum JobCut: Sendable {
  /// The value as it is.
  case value(String)
  /// The name at the end of an ARN.
  case name(String)
  /// Some members of an object.
  case object(String, [JobCut])
  /// Some members of each object in a list.
  case list(String, [JobCut])

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

  /// A job's members, in this order, as an object. IAM and STS ARNs in them are redacted.
  static func bytes(_ cuts: [JobCut], of job: JSONObject) -> [UInt8] {
    var bytes: [UInt8] = []
    append(cuts, of: job, to: &bytes)
    return Array(String(decoding: bytes, as: UTF8.self).redactingIdentityARNs.utf8)
  }

  private static func append(_ cuts: [JobCut], of object: JSONObject, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    for cut in cuts {
      switch cut {
      case .value(let name):
        guard let value = object[name] else { continue }
        begin(name, &bytes)
        bytes += value.bytes
      case .name(let name):
        guard let value = object[name], value.kind == .string else { continue }
        begin(name, &bytes)
        bytes.append(UInt8(ascii: "\""))
        let text = value.bytes.dropFirst()
        bytes += text[(text.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? text.startIndex)...]
      case .object(let name, let cuts):
        guard let part = try? object[name]?.object() else { continue }
        begin(name, &bytes)
        append(cuts, of: part, to: &bytes)
      case .list(let name, let cuts):
        guard let parts = try? object[name]?.array() else { continue }
        begin(name, &bytes)
        bytes.append(UInt8(ascii: "["))
        for part in parts {
          guard let part = try? part.object() else { continue }
          if bytes.last != UInt8(ascii: "[") { bytes.append(UInt8(ascii: ",")) }
          append(cuts, of: part, to: &bytes)
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
