internal import Platform
internal import RawJSON

/// The members that a caller sent, validated.
struct GivenMembers {
  var names: [String] = []
  var jobName: JobName?
  var tags: GivenTags?
  var bytes: ArraySlice<UInt8> = []

  init() {}

  init(_ json: [UInt8], _ submitter: SubmitterTag? = nil) throws(SubmitJobRequestError) {
    let object = try reading { () throws(JSONError) in try JSONObject(parsing: json) }
    bytes = object.bytesBetweenBraces
    // Reject oversized input before examining its members one by one.
    guard bytes.count <= SubmitJobRequest.maximumSize else { throw .tooLarge(bytes: bytes.count) }
    var written: [[UInt8]] = []
    for member in object.members {
      let name = try reading { () throws(JSONError) in try member.name() }
      names.append(name)
      written.append(Array(name.utf8))
      // Case-insensitive, so that a lenient parser can't be given a different queue.
      if SubmitJobMember.ofPath.contains(where: { $0.equalsIgnoringASCIICase(name) }) { throw .memberOfPath(name) }
      if name == "jobName" {
        guard let text = try? member.value.string(), let given = JobName(text) else { throw .badJobName }
        jobName = given
      } else if name == "tags" {
        tags = try GivenTags(member.value, submitter)
      } else if name.equalsIgnoringASCIICase("tags") {
        // As with a queue: a lenient parser can't be given one of the function's own tags.
        _ = try GivenTags(member.value, submitter)
      }
    }
    // Names are compared decoded and byte by byte: parsers differ on which of two equal names wins.
    if let name = written.firstRepeated { throw .duplicateMember(String(decoding: name, as: UTF8.self)) }
  }
}

extension Sequence where Element: Hashable {
  /// The first element that equals an earlier one. Linear, because the number of elements is up to the caller.
  var firstRepeated: Element? {
    var seen = Set<Element>(minimumCapacity: underestimatedCount)
    return first { !seen.insert($0).inserted }
  }
}

/// Turns a JSON error into a `SubmitJobRequestError`.
private func reading<Value>(_ read: () throws(JSONError) -> Value) throws(SubmitJobRequestError) -> Value {
  do throws(JSONError) {
    return try read()
  } catch {
    throw .notJSON(error)
  }
}
