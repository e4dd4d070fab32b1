internal import RawJSON

/// The members that a caller gave, checked.
struct GivenMembers {
  var names: [String] = []
  var jobName: JobName?
  var bytes: ArraySlice<UInt8> = []

  init() {}

  init(_ json: [UInt8]) throws(SubmitJobRequestError) {
    let object = try reading { () throws(JSONError) in try JSONObject(parsing: json) }
    bytes = object.bytesBetweenBraces
    // Megabytes of members are not looked at one by one.
    guard bytes.count <= SubmitJobRequest.maximumSize else { throw .tooLarge(bytes: bytes.count) }
    // Names are compared as they are meant, however they are written, and byte by byte: readers differ on which of two
    // members they take.
    var seen: Set<[UInt8]> = []
    for member in object.members {
      let name = try reading { () throws(JSONError) in try member.name() }
      guard seen.insert(Array(name.utf8)).inserted else { throw .duplicateMember(name) }
      names.append(name)
      switch name {
      // In any case: no reader that is lax about it is to be told another queue.
      case let name where ["jobqueue", "jobdefinition"].contains(name.lowercased()):
        throw .memberOfPath(name)
      case "jobName":
        guard let text = try? member.value.string(), let given = JobName(text) else { throw .badJobName }
        jobName = given
      default:
        break
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
