internal import RawJSON

/// The members that a caller gave, checked.
struct GivenMembers {
  var names: [String] = []
  var jobName: JobName?
  var bytes: ArraySlice<UInt8> = []

  /// What the path decides, in lower case.
  private static let membersOfPath = ["jobqueue", "jobdefinition"]

  init() {}

  init(_ json: [UInt8]) throws(SubmitJobRequestError) {
    let object = try reading { () throws(JSONError) in try JSONObject(parsing: json) }
    bytes = object.bytesBetweenBraces
    // Megabytes of members are not looked at one by one.
    guard bytes.count <= SubmitJobRequest.maximumSize else { throw .tooLarge(bytes: bytes.count) }
    for member in object.members {
      let name = try reading { () throws(JSONError) in try member.name() }
      // Names are compared as they are meant, however they are written, and byte by byte: readers differ on which of
      // two members they take.
      guard !names.contains(where: { $0.utf8.count == name.utf8.count && $0.utf8.elementsEqual(name.utf8) }) else {
        throw .duplicateMember(name)
      }
      names.append(name)
      // In any case: no reader that is lax about it is to be told another queue.
      if Self.membersOfPath.contains(where: { $0.utf8.count == name.utf8.count && $0 == name.lowercased() }) {
        throw .memberOfPath(name)
      }
      if name == "jobName" {
        guard let text = try? member.value.string(), let given = JobName(text) else { throw .badJobName }
        jobName = given
      }
    }
  }
}

/// Turns a JSON error into this module's.
private func reading<Value>(_ read: () throws(JSONError) -> Value) throws(SubmitJobRequestError) -> Value {
  do throws(JSONError) {
    return try read()
  } catch {
    throw .notJSON(error)
  }
}
